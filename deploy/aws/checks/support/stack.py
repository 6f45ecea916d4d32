"""template.yaml as CloudFormation gets to see it, after the transform of SAM."""

import copy
import os
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")  # the translator asks boto3 for one

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

ROOT = Path(__file__).resolve().parents[4]
TEMPLATE = ROOT / "template.yaml"


class ManagedPolicies:
    """Stands for the list of AWS's managed policies, which the translator would fetch from an account."""

    def load(self):
        return {}


class Stack:
    """The template, transformed."""

    def __init__(self, text):
        source = yaml_parse(text)
        source["Globals"]["Function"]["CodeUri"] = "s3://bucket/lambda.zip"  # what `package` makes of the path
        self.parameters = source["Parameters"]
        self.document = transform(copy.deepcopy(source), {}, ManagedPolicies())
        self.resources = self.document["Resources"]

    def of_type(self, kind):
        """Properties by name of all resources of one type."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def functions(self):
        """Properties by action; _HANDLER is the action."""
        return {properties["Handler"]: properties for properties in self.of_type("AWS::Lambda::Function").values()}

    def environment(self, action):
        """Variables of a function, those left out that are set to nothing."""
        variables = self.functions()[action].get("Environment", {}).get("Variables", {})
        return {name: value for name, value in variables.items() if value != {"Ref": "AWS::NoValue"}}

    def security_groups(self, action):
        groups = self.functions()[action].get("VpcConfig", {}).get("SecurityGroupIds", [])
        return [group["Ref"] for group in groups]

    def statements(self, action):
        """Every statement of ours that the role of a function holds, inline or in a policy of the template."""
        role = self.functions()[action]["Role"]["Fn::GetAtt"][0]
        properties = self.resources[role]["Properties"]
        documents = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
        for reference in properties.get("ManagedPolicyArns", []):
            if isinstance(reference, dict) and "Ref" in reference:
                documents.append(self.resources[reference["Ref"]]["Properties"]["PolicyDocument"])
        return [statement for document in documents for statement in document["Statement"]]

    def api(self):
        """The OpenAPI document of the gateway."""
        (properties,) = self.of_type("AWS::ApiGateway::RestApi").values()
        return properties["Body"]

    def stage(self):
        (properties,) = self.of_type("AWS::ApiGateway::Stage").values()
        return properties


def read_template():
    return TEMPLATE.read_text()


def as_list(value):
    return value if isinstance(value, list) else [value]


def texts(value):
    """Every text in a value, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)
