"""Rules about rights, secrets and ways out. Each yields what is wrong with a stack."""

import re

from support.sources import routes
from support.stack import as_list, texts

# Which key of SSM each function reads; who is not here reads none.
KEYS = {
    "signup": {"password-key"},
    "verify_otp": {"code-key", "${TokenKeyName}"},
    "login": {"password-key", "${TokenKeyName}"},
    "reset_password": {"code-key", "password-key"},
    "change_password": {"password-key"},
    "send_mail": {"code-key"},
    "migrate": {"password-key", "code-key"},
}
MAY_MAKE_TOKENS = {"login", "verify_otp"}
HAND_OVER_MAIL = {"signup", "resend_otp", "forgot_password", "reset_password", "change_password"}
# The private key of tokens has a new name with each rotation, which is a parameter of the template.
VARIABLES = {
    "password-key": "TMS_PASSWORD_KEY_PARAMETER",
    "code-key": "TMS_CODE_KEY_PARAMETER",
    "${TokenKeyName}": "TMS_TOKEN_KEY_PARAMETER",
}

# What SAM gives a role by itself: logs, the network interfaces of the VPC, traces. AWS writes these
# policies, and their resources are `*`. send_mail keeps none of the VPC.
POLICIES_OF_SAM = {"AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSXrayWriteOnlyAccess"}


def no_policy_of_ours_allows_everything(stack):
    """A star may stand in a Deny, and for the objects of the page's bucket, which CloudFront reads."""
    for name, statement in all_statements(stack):
        if statement["Effect"] != "Allow":
            continue
        for text in [*texts(as_list(statement.get("Action"))), *texts(as_list(statement.get("Principal")))]:
            if "*" in text:
                yield f"{name} allows {text}"
        for text in texts(as_list(statement.get("Resource"))):
            if "*" in text and (name, text) != ("SitePolicy", "${Site.Arn}/*"):
                yield f"{name} allows it on {text}"
        if "NotAction" in statement or "NotResource" in statement:
            yield f"{name} allows all but something"


def all_statements(stack):
    for name, resource in stack.resources.items():
        properties = resource.get("Properties", {})
        documents = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
        if isinstance(properties.get("PolicyDocument"), dict):
            documents.append(properties["PolicyDocument"])
        for document in documents:
            for statement in document.get("Statement", []):
                yield name, statement


def roles_have_no_other_policy_of_aws(stack):
    for name, properties in stack.of_type("AWS::IAM::Role").items():
        if name == "ApiAccountRole":
            continue
        for reference in properties.get("ManagedPolicyArns", []):
            if not isinstance(reference, dict) or "Ref" not in reference:
                policy = " ".join(texts(reference)).rsplit("/", 1)[-1]
                if policy not in POLICIES_OF_SAM:
                    yield f"{name} has {policy}"


def every_function_has_its_own_role(stack):
    roles = [properties["Role"]["Fn::GetAtt"][0] for properties in stack.functions().values()]
    if len(set(roles)) != len(roles):
        yield "two functions share a role"


def functions_read_only_their_keys(stack):
    for action in stack.functions():
        allowed = {key for key in VARIABLES if any(f"/{key}" in text for text in resources(stack, action, "ssm:"))}
        told = {key for key, name in VARIABLES.items() if name in stack.environment(action)}
        if allowed != KEYS.get(action, set()):
            yield f"{action} may read {sorted(allowed)}"
        if told != allowed:
            yield f"{action} is told of {sorted(told)} and may read {sorted(allowed)}"


def only_login_and_verify_otp_can_make_tokens(stack):
    for action in stack.functions().keys() - MAY_MAKE_TOKENS:
        if any(re.search(r"TokenKeyName|parameter/[^/]*/?$", text) for text in resources(stack, action, "ssm:")):
            yield f"{action} may read the private key of tokens"


def mail_is_handed_over_by_name(stack):
    for action in stack.functions():
        may = any(text.startswith("SendMail") for text in resources(stack, action, "lambda:"))
        told = "TMS_SEND_MAIL_FUNCTION" in stack.environment(action)
        if {may, told} != {action in HAND_OVER_MAIL}:
            yield f"{action} may hand over mail: {may}; knows to whom: {told}"
        if action != "send_mail" and list(resources(stack, action, "ses:")):
            yield f"{action} may send mail itself"
    if not all("Condition" in statement for statement in stack.statements("send_mail") if "ses:" in str(statement)):
        yield "send_mail may send in any name"


def functions_log_in_as_the_role_that_they_may_be(stack):
    for action in stack.functions():
        may = {text.rsplit("/", 1)[1] for text in resources(stack, action, "rds-db:")}
        variables = stack.environment(action)
        told = {variables[name] for name in ("TMS_DATABASE_USER", "TMS_DATABASE_OWNER") if name in variables}
        wanted = {"send_mail": set(), "migrate": {"postgres", "tms_migrate"}}.get(action, {"tms_app"})
        if may != wanted or told != wanted:
            yield f"{action} may be {sorted(may)} and is told to be {sorted(told)}"
        if ("TMS_DATABASE_HOST" in variables) != bool(wanted):
            yield f"{action} knows a database without a role, or a role without a database"


def resources(stack, action, service):
    """The texts of all resources that a function's role may use of one service."""
    for statement in stack.statements(action):
        if any(name.startswith(service) for name in as_list(statement["Action"])):
            yield from (text for text in texts(as_list(statement["Resource"])) if not text.startswith("Fn::"))


def only_functions_that_call_aws_reach_https(stack):
    for action in stack.functions().keys() - {"send_mail"}:
        groups = stack.security_groups(action)
        calls_aws = action in KEYS or action in HAND_OVER_MAIL
        if ("HttpsSg" in groups) != calls_aws:
            yield f"{action} {'has' if 'HttpsSg' in groups else 'lacks'} a way to HTTPS"
        if "AppSg" not in groups:
            yield f"{action} cannot reach the database"
    if "Ref" not in stack.functions()["send_mail"].get("VpcConfig", {"Ref": ""}):
        yield "send_mail is inside the VPC, where nothing leads to SES"


def task_functions_have_no_way_out(stack):
    for route in routes():
        if route.path.startswith("/tasks") and stack.security_groups(route.action) != ["AppSg"]:
            yield f"{route.action} has {stack.security_groups(route.action)}"


def no_secret_is_in_an_environment(stack):
    """Anybody with lambda:GetFunctionConfiguration reads these. Names of parameters are no secrets."""
    hidden = {name for name, parameter in stack.parameters.items() if parameter.get("NoEcho")}
    for action in stack.functions():
        for name, value in stack.environment(action).items():
            if re.search(r"SECRET|PASSWORD|TOKEN|KEY|CREDENTIAL", name):
                if not re.fullmatch(r"TMS_(PASSWORD|CODE|TOKEN)_KEY_PARAMETER|TMS_TOKEN_PUBLIC_KEYS", name):
                    yield f"{action}: {name}"
            for text in texts(value):
                if text in hidden or "resolve:" in text or re.search(r"://[^/]*:[^/]*@|PRIVATE KEY", text):
                    yield f"{action}: the value of {name}"
                if name.endswith("_KEY_PARAMETER") and text != "Fn::Sub" and not text.startswith("/${AWS::StackName}/"):
                    yield f"{action}: {name} is no name of a parameter"


def hidden_parameters_have_no_default(stack):
    for name, parameter in stack.parameters.items():
        if parameter.get("NoEcho") and "Default" in parameter:
            yield name
