"""What is public, what was agreed with others, and who may know what."""

from rakorsus.stages.publication.models.agreements import (
    Agreement,
    Clause,
    Milestone,
    Party,
    Reminder,
    Requirement,
)
from rakorsus.stages.publication.models.articles import Article, ArticleMark, Picture, Revision
from rakorsus.stages.publication.models.classes import Classification, InformationClass
from rakorsus.stages.publication.models.jobs import ReleaseJob
from rakorsus.stages.publication.models.releases import Release, ReleaseTable

__all__ = [
    "Agreement",
    "Article",
    "ArticleMark",
    "Classification",
    "Clause",
    "InformationClass",
    "Milestone",
    "Party",
    "Picture",
    "Release",
    "ReleaseJob",
    "ReleaseTable",
    "Reminder",
    "Requirement",
    "Revision",
]
