"""A quiet way from where a question arises to the guide that answers it."""

from django import template

from insight.guides import GUIDES, Guide

register = template.Library()


@register.inclusion_tag("ui/read_more.html")
def read_more(slug: str) -> dict[str, Guide]:
    """`{% read_more "sealed" %}`. KeyError when there is no such guide."""
    return {"guide": GUIDES[slug]}
