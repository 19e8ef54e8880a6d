#!/usr/bin/env bash
# Makes what is shipped: deploy/release.sh [system...], by default linux-x64 and linux-arm64, into artifacts/release.
# For each system an archive with a server that needs no .NET; for all of them what they are made of (sbom.json, CycloneDX) and SHA256SUMS.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

[ $# -gt 0 ] || set -- linux-x64 linux-arm64
out=$PWD/artifacts/release
version=$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' Directory.Build.props)
rm -rf "$out" && mkdir -p "$out"

for system; do
    name=connect-four-$version-$system
    dotnet publish Web -c Release -r "$system" -p:Ship=true -p:RestoreLockedMode=true -o "$out/$name" -v quiet
    cp LICENSE deploy/connect-four.service deploy/nginx.conf deploy/Caddyfile "$out/$name"
    # The same source gives the same archive, whoever packs it and when.
    tar -C "$out" --sort=name --mode=u+rwX,go+rX,go-w --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" -cf - "$name" | gzip -n >"$out/$name.tar.gz"
    rm -r "${out:?}/$name"
done

dotnet tool restore >/dev/null
dotnet CycloneDX Web/Web.csproj --disable-package-restore --set-name connect-four --set-version "$version" --set-type Application --output "$out" --filename sbom.json --output-format Json >/dev/null
cd "$out" && sha256sum -- *.tar.gz sbom.json >SHA256SUMS && ls -l
