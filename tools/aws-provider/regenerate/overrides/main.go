// Command overrides SHAPES compares every resource, every data source and the provider's configuration with the shapes
// of npm @pulumi/aws (shapes.mjs) and prints overrides.json: what makes the bridge show them as npm does. What no
// override reconciles goes to stderr.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"lakeworks/aws-provider/provider"
)

func main() {
	raw, err := os.ReadFile(os.Args[1])
	must(err)
	var npm shapes
	must(json.Unmarshal(raw, &npm))
	info := provider.NewWithoutOverrides(context.Background(), "0.0.0")
	hand := provider.Fields()
	overrides := provider.Overrides{}
	add := func(key string, o object) {
		if found := o.match(); len(found) > 0 {
			overrides[key] = found
		}
	}
	for name, resource := range info.Resources {
		shape := npm.Resources[string(resource.Tok)]
		schema := info.P.ResourcesMap().Get(name).Schema()
		add("resource:"+name, object{path: name, schema: schema, inputs: shape.Inputs, state: shape.State, top: true, hand: hand[name]})
	}
	for name, source := range info.DataSources {
		shape := npm.Functions[string(source.Tok)]
		schema := info.P.DataSourcesMap().Get(name).Schema()
		add("data:"+name, object{path: "data." + name, schema: schema, inputs: shape.Inputs, state: shape.Result})
	}
	add("provider", object{path: "provider", schema: info.P.Schema(), inputs: npm.Provider.Inputs, top: true})
	text, err := json.MarshalIndent(overrides, "", " ")
	must(err)
	fmt.Println(string(text))
	sort.Strings(problems)
	for _, problem := range problems {
		fmt.Fprintln(os.Stderr, problem)
	}
	resources, sources := len(info.Resources), len(info.DataSources)
	fmt.Fprintf(os.Stderr, "%d resources, %d data sources, %d fields; %d problems\n", resources, sources, fields, len(problems))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
