# Sourced by need-*: installs a package from Debian and starts none of its services, neither now nor at the next boot.

as_root=()
if [[ $EUID -ne 0 ]]; then
    as_root=(sudo -n)
fi

# Debian's scripts ask this program before they start a service; 101 says no.
policy=/usr/sbin/policy-rc.d
ours="Put here by DataExport's .ci/debian.sh"

refuse_starts() {
    # Ours is still there when one before was killed. What it found is kept then, and put back by this one.
    if [[ -e $policy || -L $policy ]] && ! grep -qs "$ours" "$policy"; then
        "${as_root[@]}" mv "$policy" "$policy.kept"
    fi

    printf '#!/bin/sh\n# %s\nexit 101\n' "$ours" | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
}

allow_starts() {
    "${as_root[@]}" rm -f "$policy"
    if [[ -e $policy.kept || -L $policy.kept ]]; then
        "${as_root[@]}" mv "$policy.kept" "$policy"
    fi
}

enabled_units() {
    if command -v systemctl >/dev/null; then
        # Of the files alone, which works where systemd does not run.
        systemctl --root=/ list-unit-files --state=enabled --no-legend --no-pager | awk '{ print $1 }' | sort
    fi
}

apt_install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq -o DPkg::Lock::Timeout=500 --no-install-recommends "$1" >&2 9<&-
}

# install_package PACKAGE
install_package() {
    local before added
    # One after the other, from whatever checkout: each puts back the policy that it found.
    exec 9<"${policy%/*}"
    flock 9
    trap allow_starts EXIT
    refuse_starts
    before=$(enabled_units)
    apt_install "$1" || { "${as_root[@]}" apt-get update -qq -o DPkg::Lock::Timeout=500 >&2; apt_install "$1"; }
    mapfile -t added < <(comm -13 <(echo "$before") <(enabled_units))
    if ((${#added[@]} > 0)); then
        "${as_root[@]}" systemctl --root=/ disable --quiet "${added[@]}" >&2
    fi
}
