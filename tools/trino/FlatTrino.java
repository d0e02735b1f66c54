package lakeworks;

import com.google.inject.Inject;
import com.google.inject.Module;
import io.trino.plugin.hive.HivePlugin;
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.server.PluginInstaller;
import io.trino.server.Server;
import java.util.List;

/**
 * Trino from one flat class path. The stock launcher loads each plugin from a folder of its own under plugin.dir; this
 * one installs the Hive and Iceberg plugins from the class path it runs on itself, as Maven resolves it.
 */
public final class FlatTrino extends Server {
    private static final class Plugins {
        @Inject
        Plugins(PluginInstaller installer) {
            installer.installPlugin(new HivePlugin());
            installer.installPlugin(new IcebergPlugin());
        }
    }

    @Override
    protected Iterable<? extends Module> getAdditionalModules() {
        return List.of((Module) binder -> binder.bind(Plugins.class).asEagerSingleton());
    }

    public static void main(String[] arguments) {
        new FlatTrino().start(Server.class.getPackage().getImplementationVersion());
    }
}
