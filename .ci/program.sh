# Sourced by the scripts at the top of the tree: builds one program when something changed since, and starts it.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

# A machine without ICU runs everything but SQL Server targets, whose client asks for it.
has_icu() {
    compgen -G '/usr/lib*/libicuuc.so*' >/dev/null || compgen -G '/usr/lib/*/libicuuc.so*' >/dev/null \
        || [[ "$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null)" == *libicuuc* ]]
}

if [[ $OSTYPE == linux* ]] && ! has_icu; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
fi

# Made by a build that ran no analyzers: ./test then compiles everything again, or it would not see a warning.
unanalyzed=artifacts/unanalyzed

need_dotnet() {
    if ! command -v dotnet >/dev/null; then
        echo "dotnet is missing. Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
        exit 1
    fi
}

# changed_since STAMP: whether a source file is newer than the stamp, or there is none.
changed_since() {
    [[ ! -f "$1" ]] || [[ -n "$(find . \
        \( -name bin -o -name obj -o -name artifacts -o -name data -o -name .git -o -path ./tests \) -prune -o \
        -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.sql' \
            -o -name '*.json' -o -name .editorconfig \) -newer "$1" -print -quit)" ]]
}

# build_if_changed PROJECT: builds it in Release without analyzers, which is the shortest way to its first line.
build_if_changed() {
    local project=$1 stamp="artifacts/$1.built" log
    need_dotnet
    if [[ -f "$project/bin/Release/net10.0/DataExport.$project.dll" ]] && ! changed_since "$stamp"; then
        return
    fi

    echo "Building $project..." >&2
    mkdir -p artifacts
    # Marked before the build, so that an edit during it builds again.
    touch "$stamp.next" "$unanalyzed"
    log="artifacts/$project.log"
    if ! dotnet build "$project" -c Release -v quiet -nodeReuse:false \
        -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false >"$log" 2>&1; then
        grep -E 'error|rror\(s\)' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
        echo "The build of $project failed; all of it is in $log." >&2
        exit 1
    fi

    mv "$stamp.next" "$stamp"
}

# Messages live for a few milliseconds. With the collector's own first generation (16 MB where it cannot read the
# processor's caches) they are promoted in flight; with 64 MB most die where they were born. Only the environment takes it.
export DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x4000000}

# start PROJECT ARGUMENTS...: replaces the shell, so that signals reach the program itself. Relative paths among the
# arguments are those of the caller.
start() {
    local program="$PWD/$1/bin/Release/net10.0/DataExport.$1.dll"
    shift
    cd "$caller"
    exec dotnet "$program" "$@"
}
