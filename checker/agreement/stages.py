"""The company's own stages, in the order a buyer goes through them, and the ranking of leads."""

from typing import Any, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from checker.agreement.base import Entry, Maybe, Prose, optional, required
from checker.agreement.conditions import Condition
from checker.agreement.scalars import Id, Text


class Stage(Condition):
    """A stage; its conditions stand alone and do not include those of earlier stages."""

    name: Maybe[Prose] = optional("The name that people read", "Marketing qualified lead (MQL)")
    team: Id = required("The team that brings leads to this stage", "marketing")
    is_: Maybe[Literal["anonymous", "pipeline", "won"]] = optional(
        "`anonymous`: no lead has a name yet; `pipeline`: an open opportunity; `won`: a customer", "won", alias="is"
    )
    means: Maybe[Prose] = optional("What the stage means, in words", "Fits our ideal customer and wants to buy")
    why: Maybe[Prose] = optional("Why these conditions", "Tested on last year's deals")


ONE_WAY_IN: dict[str, Any] = {"oneOf": [{"required": ["when"]}, {"required": ["otherwise"]}]}


class OrderedLine(Entry):
    """A line of an ordered list: the first that fits wins; `otherwise: yes` takes the rest."""

    model_config = {"json_schema_extra": ONE_WAY_IN}

    when: Maybe[Condition] = optional("The leads that this line takes", {"country": "Brazil"})
    otherwise: Maybe[Literal[True]] = optional("`yes`: takes every lead that no line above took", True)

    @model_validator(mode="after")
    def _has_one_way_in(self) -> Self:
        if (self.when is None) is (self.otherwise is None):
            raise PydanticCustomError("when_or_otherwise", "when or otherwise")
        return self


class Rank(OrderedLine):
    """A rank that leads may have now."""

    rank: Text = required("The rank's name", "hot")
    then: Maybe[Prose] = optional("What happens to these leads", "Sales calls")
