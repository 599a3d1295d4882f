"""The shapes a duration or a number may have. Parameters only; `simulator` samples them."""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from engine.model import Model

Positive = Annotated[float, Field(gt=0, le=1e12)]
NonNegative = Annotated[float, Field(ge=0, le=1e12)]


class Constant(Model):
    """Always the same value."""

    kind: Literal["constant"] = "constant"
    value: NonNegative

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        return self.value


class Exponential(Model):
    """Memoryless, by its mean."""

    kind: Literal["exponential"] = "exponential"
    mean: Positive

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        return self.mean


class Lognormal(Model):
    """Lognormal, by `mean` and `cv` (deviation ÷ mean) or `mu` and `sigma` of the logarithm."""

    kind: Literal["lognormal"] = "lognormal"
    mean: Positive | None = None
    cv: Annotated[float, Field(gt=0, le=1000)] | None = None
    mu: Annotated[float, Field(ge=-50, le=50)] | None = None
    sigma: Annotated[float, Field(gt=0, le=20)] | None = None

    @model_validator(mode="after")
    def _one_pair(self) -> Self:
        given = [value is not None for value in (self.mean, self.cv, self.mu, self.sigma)]
        if given not in ([True, True, False, False], [False, False, True, True]):
            raise ValueError("a lognormal needs either mean and cv, or mu and sigma")
        return self

    def log_parameters(self) -> tuple[float, float]:
        """Mean and standard deviation of the natural logarithm."""
        if self.mean is None or self.cv is None:
            return self.mu or 0.0, self.sigma or 0.0
        variance = math.log(1 + self.cv * self.cv)
        return math.log(self.mean) - variance / 2, math.sqrt(variance)

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        mu, sigma = self.log_parameters()
        return math.exp(mu + sigma * sigma / 2)


class Weibull(Model):
    """Weibull; a shape below 1 means that the longer it lasted, the longer it will."""

    kind: Literal["weibull"] = "weibull"
    shape: Annotated[float, Field(ge=0.05, le=1000)]
    scale: Positive

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        return self.scale * math.gamma(1 + 1 / self.shape)


class Gamma(Model):
    """Gamma, by its mean and shape; a whole shape k is the Erlang-k distribution."""

    kind: Literal["gamma"] = "gamma"
    mean: Positive
    shape: Annotated[float, Field(ge=0.01, le=1e6)]

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        return self.mean


class Uniform(Model):
    """Every value between `low` and `high` is as likely."""

    kind: Literal["uniform"] = "uniform"
    low: NonNegative
    high: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError("high is below low")
        return self

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        return (self.low + self.high) / 2


class Triangular(Model):
    """Between `low` and `high`, most likely `mode`."""

    kind: Literal["triangular"] = "triangular"
    low: NonNegative
    mode: NonNegative
    high: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError("low, mode and high must be in this order")
        return self

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        return (self.low + self.mode + self.high) / 3


class Empirical(Model):
    """One of the listed values, as likely as its weight says (equally, if none is given)."""

    kind: Literal["empirical"] = "empirical"
    values: Annotated[list[NonNegative], Field(min_length=1, max_length=10_000)]
    weights: Annotated[list[NonNegative], Field(max_length=10_000)] = []

    @model_validator(mode="after")
    def _matching(self) -> Self:
        if self.weights and (len(self.weights) != len(self.values) or sum(self.weights) <= 0):
            raise ValueError("weights must be as many as values, and not all zero")
        return self

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        weights = self.weights or [1.0] * len(self.values)
        total = math.fsum(w * v for w, v in zip(weights, self.values, strict=True))
        return total / math.fsum(weights)


class Part(Model):
    """One part of a mixture."""

    weight: Positive
    of: Distribution


class Mixture(Model):
    """Now one shape, now another: some customers balk at once, the others are patient."""

    kind: Literal["mixture"] = "mixture"
    parts: Annotated[list[Part], Field(min_length=1, max_length=20)]

    def expected(self) -> float:
        """The expected value, in the unit of the parameters."""
        total = math.fsum(part.weight for part in self.parts)
        return math.fsum(part.weight * part.of.expected() for part in self.parts) / total


Distribution = Annotated[
    Constant
    | Exponential
    | Lognormal
    | Weibull
    | Gamma
    | Uniform
    | Triangular
    | Empirical
    | Mixture,
    Field(discriminator="kind", json_schema_extra={"unit": "s"}),
]
Part.model_rebuild()
Mixture.model_rebuild()
