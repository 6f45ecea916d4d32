# Sourced: builds the page and the program, each only when something changed.
# shellcheck shell=bash

# build_front: frontend/dist, with its .br and .gz beside each text file.
build_front() {
    ready_node
    install_npm frontend
    local stamp=$TMS_ROOT/frontend/dist/.built-from now
    now=$(front_sources_hash)
    if [[ -f $stamp && $(<"$stamp") == "$now" ]]; then return; fi
    say "Building the page (frontend/dist)"
    rm -f "$stamp"
    (cd "$TMS_ROOT/frontend" && quietly "$TMS_ROOT/build/logs/page.log" npm run build) ||
        fail "the page does not build (build/logs/page.log)"
    printf '%s\n' "$now" >"$stamp"
}

# install_npm FOLDER: npm ci there, unless its node_modules came from this very package-lock.json.
install_npm() {
    local folder=$TMS_ROOT/$1 now
    local stamp=$folder/node_modules/.installed-from log=build/logs/npm-${1//\//-}.log
    now=$(cd "$folder" && { cat package.json package-lock.json; node --version; } | sha256sum)
    if [[ -f $stamp && $(<"$stamp") == "$now" ]]; then return; fi
    say "Installing the npm packages of $1"
    (cd "$folder" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 quietly "$TMS_ROOT/$log" npm ci) ||
        fail "npm ci failed in $1 ($log)"
    printf '%s\n' "$now" >"$stamp"
}

# front_sources_hash: changes when any file that the page is built from does.
front_sources_hash() {
    (
        cd "$TMS_ROOT" || exit
        find frontend openapi.yaml \
            \( -name node_modules -o -path frontend/dist -o -path frontend/e2e \) -prune \
            -o -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
    )
}

# build_back PRESET [TARGET…]: the C++ side in build/PRESET.
# With TMS_BUILD_TESTS=ON in the environment the tests can be built, too; ./run needs no GoogleTest.
build_back() {
    local preset=$1
    shift
    cd "$TMS_ROOT" || exit
    ready_node # the list of common passwords is an npm package
    configure_back "$preset"
    if ninja -C "build/$preset" -n "$@" 2>/dev/null | grep -q 'no work to do'; then return; fi
    say "Building the back end (build/$preset)"
    ninja -C "build/$preset" -j "$(nproc)" "$@" >&2 || fail "the back end does not build"
}

# configure_back PRESET: once, and again when the presets or the wish for tests changed.
configure_back() {
    local preset=$1 folder=build/$1 tests=${TMS_BUILD_TESTS:-OFF}
    if [[ $folder/build.ninja -nt CMakePresets.json ]] &&
        { [[ $tests == OFF ]] || grep -q '^TMS_BUILD_TESTS:BOOL=ON' "$folder/CMakeCache.txt"; }; then
        return
    fi
    say "Configuring the back end ($folder)"
    quietly "build/logs/cmake-$preset.log" cmake --preset "$preset" "-DTMS_BUILD_TESTS=$tests" ||
        fail "cmake failed (build/logs/cmake-$preset.log)"
}
