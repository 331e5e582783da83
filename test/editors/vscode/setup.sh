#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# setup.sh FOLDER: VS Code, as code-server ships it by npm, and Playwright to drive it.
# Of the packages' scripts none is run; what has to be compiled is compiled here. Needs
# node 20 with its headers, g++, make and python3. A second run does nothing.
set -euo pipefail
folder=$1
[[ ! -e $folder/.complete ]] || exit 0
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
# The folder that has include/node.
export npm_config_nodedir=${npm_config_nodedir:-$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")}
echo '{"private": true}' >package.json
npm install --no-audit --no-fund --ignore-scripts code-server@4.100.3 playwright-core@1.65.1
server=$folder/node_modules/code-server
for part in lib/vscode lib/vscode/extensions; do
  (cd "$server/$part" && npm install --no-audit --no-fund --omit=dev --ignore-scripts)
done
(cd "$server/lib/vscode" && npm rebuild @vscode/spdlog native-watchdog)
npm_config_build_from_source=true npm rebuild argon2
# The search of VS Code, from Debian.
mkdir -p "$server/lib/vscode/node_modules/@vscode/ripgrep/bin"
ln -sf "$(command -v rg)" "$server/lib/vscode/node_modules/@vscode/ripgrep/bin/rg"
touch .complete
