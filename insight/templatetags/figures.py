"""Numbers as words, for templates."""

from django import template

from accounts.number_words import number_word

register = template.Library()
register.filter("in_words", number_word)
