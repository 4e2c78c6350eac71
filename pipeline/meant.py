"""What a person means who types what some words of a post name."""

from __future__ import annotations

from casefile.errors import CorrectionError
from casefile.evidence.posts_json import storable_text
from casefile.platforms import platforms
from casefile.records import Label
from pipeline.gazetteer import places_by_value
from pipeline.reader import load_reader

_ANY_NAME = (Label.ORG, Label.PERSON)
_CAN_BE_TOLD = (*_ANY_NAME, Label.LOC, Label.PHONE, Label.HANDLE, Label.EMAIL, Label.URL, Label.WALLET)
_CALLED = {
    Label.LOC: "place",
    Label.PHONE: "telephone number",
    Label.HANDLE: "account",
    Label.EMAIL: "e-mail address",
    Label.URL: "web address",
    Label.WALLET: "wallet",
}
_LIKE = {
    Label.LOC: "Poipet, or KH/poipet",
    Label.PHONE: "+6281200001101",
    Label.HANDLE: "telegram:lotus_hr",
    Label.EMAIL: "desk@our-organisation.example",
    Label.URL: "https://harborjobs.example",
    Label.WALLET: "the whole address",
}


def value_meant(label: Label, typed: str, region: str | None) -> str:
    """What a person means by what was typed, as readings name it; `region` is the country of numbers without one.

    Raises CorrectionError where it is no such thing, or nobody can tell which.
    """
    typed = " ".join(storable_text(typed).split())
    if label not in _CAN_BE_TOLD:
        raise CorrectionError("Pay and warning signs can only be taken away.", "Say that there is none.")
    if not typed:
        raise CorrectionError("Nothing was named.", "Say what the words mean.")
    if label in _ANY_NAME:
        return typed
    if label is Label.LOC and typed in places_by_value():
        return typed
    platform, _, account = typed.partition(":")
    if label is Label.HANDLE and account and platform.casefold() in platforms():
        typed = f"{platform}: {account.strip()}"
    for words in (typed, typed.title()) if label is Label.LOC else (typed,):
        found = load_reader().read(words, post_id="", region=region).mentions
        values = {mention.value for mention in found if mention.label is label}
        if len(values) == 1:
            return values.pop()
    raise CorrectionError(
        f"“{typed[:80]}” is not understood as one {_CALLED[label]}.", f"Write it like {_LIKE[label]}."
    )
