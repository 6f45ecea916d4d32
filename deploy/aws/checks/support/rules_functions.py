"""Rules about routes and functions. Each yields what is wrong with a stack."""

from support.sources import routes, task_list_query_names
from support.stack import texts

WITHOUT_ROUTE = {"send_mail", "migrate"}
METHODS = {"get", "head", "post", "put", "patch", "delete", "options"}

# Less is a part of one processor, and bcrypt would take seconds.
WHOLE_PROCESSOR_MB = 1769

# The gateway gives up at 29 s. Migrations are not called by it.
GATEWAY_SECONDS = 29


def every_route_has_its_function(stack):
    wanted = {(route.method, route.path): route.action for route in routes()}
    found = dict(operations(stack))
    for call, action in wanted.items():
        if found.get(call) != action:
            yield f"{' '.join(call)} leads to {found.get(call)}, not to {action}"
    for call in found.keys() - wanted.keys():
        yield f"{' '.join(call)} is not in the table of routes"
    actions = set(wanted.values()) | WITHOUT_ROUTE
    for action in stack.functions().keys() ^ actions:
        yield f"{action} is a function or an action, but not both"


def operations(stack):
    """((method, path), handler) of each operation of the gateway."""
    handlers = {name: properties["Handler"] for name, properties in stack.of_type("AWS::Lambda::Function").items()}
    for path, item in stack.api()["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                uri = " ".join(texts(operation["x-amazon-apigateway-integration"]["uri"]))
                targets = [handler for name, handler in handlers.items() if f"${{{name}.Arn}}" in uri]
                yield (method, path), targets[0] if len(targets) == 1 else None


def every_route_needs_the_origin_key(stack):
    for path, item in stack.api()["paths"].items():
        for method, operation in item.items():
            if method in METHODS and {"api_key": []} not in operation.get("security", []):
                yield f"{method} {path} can be called past CloudFront"


def bodies_are_asked_for_before_a_function_runs(stack):
    optional = {"logout", "restore_task"}
    for route in routes():
        operation = stack.api()["paths"].get(route.path, {}).get(route.method, {})
        if route.method in ("post", "patch") and route.action not in optional:
            if "requestBody" not in operation or "x-amazon-apigateway-request-validator" not in operation:
                yield f"{route.action} takes any body"


def the_stage_is_the_path_prefix(stack):
    if stack.stage()["StageName"] != "api":
        yield "CloudFront passes /api/* on as it is: the stage must be named api"
    # Without OpenApiVersion SAM has every deployment make a stage named Stage.
    if any("StageName" in properties for properties in stack.of_type("AWS::ApiGateway::Deployment").values()):
        yield "there is a second stage"


def every_route_is_throttled(stack):
    settings = stack.stage()["MethodSettings"]
    if not any(entry["ResourcePath"] == "/*" and entry["HttpMethod"] == "*" for entry in settings):
        yield "no setting for all methods"
    known = {route.path for route in routes()} | {"/*"}
    for entry in settings:
        if not entry.get("ThrottlingRateLimit") or not entry.get("ThrottlingBurstLimit"):
            yield f"{entry['ResourcePath']} has no limit"
        if entry["ResourcePath"] not in known:
            yield f"{entry['ResourcePath']} is no path of the table of routes"


def cache_keys_hold_the_cookie_and_the_whole_query(stack):
    operation = stack.api()["paths"]["/tasks"]["get"]
    found = set(operation["x-amazon-apigateway-integration"].get("cacheKeyParameters", []))
    wanted = {f"method.request.querystring.{name}" for name in task_list_query_names()}
    wanted.add("method.request.header.Cookie")
    for name in wanted ^ found:
        yield f"{name} is {'missing' if name in wanted else 'unknown'}"


def nothing_else_is_cached(stack):
    for path, item in stack.api()["paths"].items():
        for method, operation in item.items():
            keys = method in METHODS and operation["x-amazon-apigateway-integration"].get("cacheKeyParameters")
            if keys and (method, path) != ("get", "/tasks"):
                yield f"{method} {path} has a cache key"
    for entry in stack.stage()["MethodSettings"]:
        if entry.get("CachingEnabled") and (entry["HttpMethod"], entry["ResourcePath"]) != ("GET", "/tasks"):
            yield f"{entry['HttpMethod']} {entry['ResourcePath']} is cached"
        if entry.get("CachingEnabled") and (entry["CacheTtlInSeconds"] > 60 or not entry["CacheDataEncrypted"]):
            yield "a session that has ended could read its list for more than a minute, or in plain text on disk"
    if stack.parameters["EnableApiCache"]["Default"] != "false":
        yield "the cache costs money and is on by default"


def functions_that_hash_have_a_whole_processor(stack):
    functions = stack.functions()
    for route in routes():
        memory = functions[route.action]["MemorySize"] if route.action in functions else 0
        if route.heavy and memory < WHOLE_PROCESSOR_MB:
            yield f"{route.action} hashes with {memory} MB"
        if not route.heavy and memory > 256:
            yield f"{route.action} does not hash and pays for {memory} MB"


def functions_answer_before_the_gateway_gives_up(stack):
    for action, properties in stack.functions().items():
        if action != "migrate" and not 8 < properties["Timeout"] < GATEWAY_SECONDS:
            yield f"{action}: {properties['Timeout']} s"


def functions_have_what_their_binary_needs(stack):
    for action, properties in stack.functions().items():
        if properties["Runtime"] != "provided.al2023" or properties["Architectures"] != ["x86_64"]:
            yield f"{action} has another runtime or architecture than the tested binary"
        if properties["LoggingConfig"].get("LogGroup") is None:
            yield f"{action} logs into a group that keeps everything for ever"


def no_list_is_doubled(stack):
    """SAM joins the lists of Globals with those of a function, and says nothing when they overlap."""
    for action, properties in stack.functions().items():
        for name, values in [*properties.get("VpcConfig", {}).items(), ("Architectures", properties["Architectures"])]:
            if isinstance(values, list) and len({str(value) for value in values}) != len(values):
                yield f"{action}: {name} is {values}"
