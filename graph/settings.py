"""The weights and thresholds of connecting (`config/graph.yml`), typed."""

from __future__ import annotations

from functools import cache
from math import log2
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from casefile.errors import Mistake, SettingsError
from casefile.settings import CONFIG_FOLDER

Weight = Annotated[float, Field(ge=0, le=1)]
Chance = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Agreement(_Strict):
    """One kind of evidence: how often it is seen between contacts of one person (m) and of two (u)."""

    m: Chance
    u: Chance

    @property
    def bits(self) -> float:
        """The match weight log2(m/u) of Fellegi and Sunter (1969); below zero it speaks against."""
        return log2(self.m / self.u)


class JoinSettings(_Strict):
    """How strongly one witness says that two contacts belong to one recruiter."""

    prior: float
    enough: Weight
    same_number: Agreement
    like_number: Agreement
    same_post: Agreement
    same_list: Agreement
    same_account: Agreement
    same_text: Agreement
    same_account_text: Agreement
    same_base: Agreement
    same_town: Agreement
    same_country: Agreement
    other_country: Agreement
    same_company: Agreement
    in_turn: Agreement
    at_once: Agreement
    other_manner: Agreement
    other_language: Agreement
    seldom_together: Agreement
    own_accounts: Agreement


class GuardSettings(_Strict):
    """What joins nobody."""

    sure_offer: Weight
    list_contacts: Count
    list_kinds: Count
    most_contacts: Count
    account_contacts: Count
    text_contacts: Count
    base_contacts: Count
    common_groups: Count
    own_share: Weight
    beside_groups: Count
    common_partners: Count
    common_accounts: Count
    common_companies: Count
    warned_ratio: Weight
    warned_least: Count
    pause_days: Count
    looked_at: Count
    largest_actor: Count
    shortest_number: Count
    shortest_base: Count
    shared_authors: tuple[str, ...]
    public_contacts: tuple[str, ...]
    help_words: tuple[str, ...]
    help_share: Weight


class TextSettings(_Strict):
    """When two texts are one."""

    shortest: Count
    longest: Count
    same_wording: Weight
    same_short_wording: Weight


class LinkSettings(_Strict):
    """How strongly one post proves a link of each kind."""

    posted: Weight
    uses_contact: Weight
    recruits_for: Weight
    sends_to: Weight
    located_in: Weight
    works_for: Weight
    works_for_by_address: Weight
    same_text: Weight
    mentions: Weight
    named_by_others: Weight
    told_share: Weight
    most_companies: Count
    most_actors: Count


class NetworkSettings(_Strict):
    """What holds a network together."""

    suspect: Weight
    least_link: Weight
    place_share: Weight
    company_actors: Count
    text_actors: Count
    account_actors: Count
    largest_whole: Count
    seed: int


class CentralitySettings(_Strict):
    """When betweenness is estimated, and from how many nodes."""

    exact_up_to: Count
    sample: Count


class GraphSettings(_Strict):
    """All of `config/graph.yml`."""

    joins: JoinSettings
    guards: GuardSettings
    texts: TextSettings
    links: LinkSettings
    networks: NetworkSettings
    centrality: CentralitySettings


@cache
def load_settings(path: Path = CONFIG_FOLDER / "graph.yml") -> GraphSettings:
    """The settings in a file; raises SettingsError with every mistake in it."""
    try:
        values = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        return GraphSettings.model_validate(values)
    except ValidationError as error:
        mistakes = [
            Mistake(
                path.name,
                ".".join(map(str, part["loc"])),
                part["msg"],
                "see the comments there",
                "joins: {enough: 0.45}",
            )
            for part in error.errors()
        ]
        raise SettingsError(mistakes) from error
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise SettingsError(
            [Mistake(path.name, "the file", str(error), "a YAML file", "joins: {enough: 0.45}")]
        ) from error
