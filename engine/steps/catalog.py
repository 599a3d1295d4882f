"""All step types, found by looking into this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache, reduce
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

import engine.steps
from engine.steps.base import Group, Step


@cache
def step_types() -> MappingProxyType[str, type[Step]]:
    """Every step type by its tag, in the palette's order: group, module, order of writing."""
    for module in pkgutil.iter_modules(engine.steps.__path__):
        importlib.import_module(f"{engine.steps.__name__}.{module.name}")
    concrete = [cls for cls in Step.__subclasses__() if "type" in cls.model_fields]
    order = list(Group)
    # Sorting is stable, so within a module the classes stay in the order in which they are written,
    # whichever module was imported first.
    concrete.sort(key=lambda cls: (order.index(cls.group), cls.__module__))
    return MappingProxyType({cls.model_fields["type"].default: cls for cls in concrete})


if TYPE_CHECKING:
    AnyStep = Step
else:
    AnyStep = Annotated[
        reduce(or_, step_types().values()),
        Field(discriminator="type"),
    ]
