"""Every rule holds for template.yaml."""

import inspect

import pytest

from support import rules_functions, rules_rights, rules_stack


def rules_of(module):
    """The rules: functions of the module that take a stack alone and promise something by their name."""
    helpers = {"operations", "all_statements", "distribution", "default_behavior"}
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and list(inspect.signature(function).parameters) == ["stack"]
        and name not in helpers
    ]


RULES = [rule for module in (rules_functions, rules_rights, rules_stack) for rule in rules_of(module)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_template(rule, stack):
    assert list(rule(stack)) == []
