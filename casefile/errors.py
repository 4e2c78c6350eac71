"""Every error that Jejak raises on purpose, in one tree. Foreign errors are translated where they enter.

JejakError                      anything that an investigator should be told in one sentence
├── SettingsError               case.toml or a source's file is wrong (all mistakes at once)
├── CaseError                   the case folder is missing, too new, locked or damaged
│   └── StorageFull             the disk has no space left
├── EvidenceError               evidence cannot be written or read
│   └── Forgotten               it was there, and was forgotten on request or for its age
├── CrawlError                  a source could not be collected
│   ├── Refused                 robots.txt, a login, a captcha or a block page: we do not get around it
│   ├── SourceDown              the site does not answer, or answers with an error
│   └── NothingFound            a page was read and held no post where posts were expected
├── ImportRefused               a file that was given cannot be read at all
├── ExportRefused               nothing may leave as it was asked, or it cannot be proven that only the right things would
├── ElasticError                the Elasticsearch server cannot be used: not there, refusing, full
├── KibanaError                 Kibana does not take what is put there
├── QueryError                  a search that cannot be understood
├── NotFound                    no such post, entity, network or source
├── SealError                   a seal cannot be made, or a time stamp is not one of it
├── Held                        a legal hold keeps what was to be forgotten
├── JudgementError              a decision that cannot be taken as it was given
├── CorrectionError             a reading that cannot be set right as it was given
└── MissingProgram              a program that this step needs is not on the machine
"""

from __future__ import annotations

from dataclasses import dataclass


class JejakError(Exception):
    """The root: `str(error)` is what the investigator reads, `remedy` is the way out."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a settings file."""

    file: str
    where: str
    problem: str
    expected: str
    example: str

    def __str__(self) -> str:
        return f"{self.file}, {self.where}: {self.problem}; expected {self.expected}, for example: {self.example}"


class SettingsError(JejakError):
    """One or more settings are wrong; `mistakes` lists all of them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)), "Correct the lines named above and run the command again.")
        self.mistakes = mistakes


class CaseError(JejakError):
    """The case folder is missing, too new, in use or damaged."""


class StorageFull(CaseError):
    """The disk has no space left; what was already kept is whole."""


class EvidenceError(JejakError):
    """Evidence cannot be written or read."""


class Forgotten(EvidenceError):
    """What is asked for was forgotten; the manifest says when, by whom and why."""


class CrawlError(JejakError):
    """A source could not be collected."""


class Refused(CrawlError):
    """The site does not want to be read by us, and we do not get around that."""


class SourceDown(CrawlError):
    """The site does not answer, or answers with an error."""


class NothingFound(CrawlError):
    """A page held no post where posts were expected; that is an alarm, never a quiet day."""


class ImportRefused(JejakError):
    """A file that was given cannot be read at all."""


class ExportRefused(JejakError):
    """Nothing may leave as it was asked, or it cannot be proven that only the right things would."""


class ElasticError(JejakError):
    """The Elasticsearch server cannot be used as it is; the case is whole, and nothing waiting to be sent is lost."""


class KibanaError(JejakError):
    """Kibana does not take what is put there: not there, refusing, too old."""


class QueryError(JejakError):
    """A search that cannot be understood."""


class NotFound(JejakError):
    """No such post, entity, network or source in this case."""


class Held(JejakError):
    """A legal hold keeps what was to be forgotten."""


class JudgementError(JejakError):
    """A decision that cannot be taken as it was given."""


class CorrectionError(JejakError):
    """A reading that cannot be set right as it was given."""


class SealError(JejakError):
    """A seal cannot be made, or a time stamp is not one of it."""


class MissingProgram(JejakError):
    """A program that this step needs is not on the machine."""
