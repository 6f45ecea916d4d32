"""What template.yaml says about functions, routes, the database and the page."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[4]
NO_VALUE = object()


class _Loader(yaml.SafeLoader):
    pass


def _tagged(loader, suffix, node):
    """!Ref and its kin become one-key objects, as CloudFormation's JSON has them."""
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tagged)


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    takes_object: bool

    @cached_property
    def pattern(self) -> re.Pattern:
        parts = [f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") else re.escape(part) for part in self.path.split("/")]
        return re.compile("/".join(parts))


@dataclass(frozen=True)
class Function:
    """A function: the handler's name, what its environment says, and its route, if it has one."""

    name: str
    handler: str
    timeout: int
    memory: int
    variables: dict
    route: Route | None = None


class Template:
    def __init__(self, file: Path = ROOT / "template.yaml"):
        self.document = yaml.load(file.read_text(), _Loader)
        self.resources = self.document["Resources"]

    @cached_property
    def functions(self) -> dict[str, Function]:
        """By handler."""
        found = [
            self._function(name, resource["Properties"])
            for name, resource in self.resources.items()
            if resource["Type"] == "AWS::Serverless::Function"
        ]
        return {one.handler: one for one in found}

    def _function(self, name: str, properties: dict) -> Function:
        common = self.document["Globals"]["Function"]
        return Function(
            name=name,
            handler=properties["Handler"],
            timeout=properties.get("Timeout", common["Timeout"]),
            memory=properties.get("MemorySize", common["MemorySize"]),
            variables={
                **common["Environment"]["Variables"],
                **properties.get("Environment", {}).get("Variables", {}),
            },
            route=_route(properties.get("Events", {})),
        )

    @cached_property
    def gateway_responses(self) -> dict:
        return self.resources["Api"]["Properties"]["GatewayResponses"]

    @cached_property
    def compress_from(self) -> int:
        return self.resources["Api"]["Properties"]["MinimumCompressionSize"]

    @cached_property
    def database_parameters(self) -> dict[str, str]:
        """Those that PostgreSQL has, too."""
        everything = self.resources["DatabaseParameters"]["Properties"]["Parameters"]
        return {name: value for name, value in everything.items() if not name.startswith("rds.")}

    @cached_property
    def page_headers(self) -> dict[str, str]:
        code = self.resources["PageHeaders"]["Properties"]["FunctionCode"]
        return dict(re.findall(r'headers\["([^"]+)"\] = \{value: "([^"]*)"\}', code))


def _route(events: dict) -> Route | None:
    calls = [event["Properties"] for event in events.values() if event["Type"] == "Api"]
    if not calls:
        return None
    (call,) = calls
    return Route(call["Method"].upper(), call["Path"], "RequestModel" in call)


def resolve(value, known: dict[str, str]):
    """The text that CloudFormation would make of a value; NO_VALUE for none. `known` has what Ref and
    GetAtt would find, as Name and Name.Attribute; a condition is false unless `known` has it."""
    if not isinstance(value, dict):
        return str(value)
    ((function, argument),) = value.items()
    if function == "Ref":
        return NO_VALUE if argument == "AWS::NoValue" else known[argument]
    if function == "Fn::GetAtt":
        return known[argument]
    if function == "Fn::Sub":
        return re.sub(r"\$\{([^}]+)\}", lambda match: known[match[1]], argument)
    if function == "Fn::If":
        return resolve(argument[1 if known.get(argument[0]) else 2], known)
    raise ValueError(f"{function} is not known here")
