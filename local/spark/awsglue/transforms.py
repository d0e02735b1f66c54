"""Transforms as classes: `ApplyMapping.apply(frame=…, mappings=…)`.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-transforms.html
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection


class GlueTransform:
    """Base of the transforms: `apply` makes one and calls it."""

    @classmethod
    def apply(cls, *args: Any, **options: Any) -> Any:
        return cls()(*args, **options)

    def __call__(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError(f"The transform {type(self).__name__} is not supported by the local AWS; use Spark")


class ApplyMapping(GlueTransform):
    def __call__(self, frame: DynamicFrame, mappings: Sequence[Sequence[str]], **_: Any) -> DynamicFrame:
        return frame.apply_mapping(mappings)


class Filter(GlueTransform):
    def __call__(self, frame: DynamicFrame, f: Callable[[dict[str, Any]], bool], **_: Any) -> DynamicFrame:
        return frame.filter(f)


class SelectFields(GlueTransform):
    def __call__(self, frame: DynamicFrame, paths: Sequence[str], **_: Any) -> DynamicFrame:
        return frame.select_fields(paths)


class DropFields(GlueTransform):
    def __call__(self, frame: DynamicFrame, paths: Sequence[str], **_: Any) -> DynamicFrame:
        return frame.drop_fields(paths)


class RenameField(GlueTransform):
    def __call__(self, frame: DynamicFrame, old_name: str, new_name: str, **_: Any) -> DynamicFrame:
        return frame.rename_field(old_name, new_name)


class ResolveChoice(GlueTransform):
    def __call__(self, frame: DynamicFrame, specs: Any = None, choice: str = "", **options: Any) -> DynamicFrame:
        return frame.resolveChoice(specs, choice, **options)


class SelectFromCollection(GlueTransform):
    def __call__(self, dfc: DynamicFrameCollection, key: str, **_: Any) -> DynamicFrame:
        return dfc.select(key)


def __getattr__(name: str) -> NoReturn:
    if name[:1].isupper():
        raise NotImplementedError(f"The transform {name} is not supported by the local AWS; use Spark")
    raise AttributeError(f"module 'awsglue.transforms' has no attribute {name!r}")
