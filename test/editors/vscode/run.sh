#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# run.sh BUILD FOLDER VSIX: the checks in VS Code, with the extension of clangd that
# VSIX is. Drives the real front end in Chromium: see drive.mjs. Screenshots are left
# in FOLDER/shots.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
vsix=$(realpath "$3")
"$here/setup.sh" "$folder/code-server" >&2

rm -rf "$folder/home" "$folder/projects" "$folder/shots"
mkdir -p "$folder/home/User" "$folder/projects" "$folder/shots"
python3 "$here/projects.py" "$build" "$folder/projects"
cat >"$folder/home/User/settings.json" <<EOF
{
  "clangd.path": "$build/bin/selfconnect-clangd",
  "clangd.checkUpdates": false,
  "workbench.startupEditor": "none",
  "window.restoreWindows": "none",
  "files.autoSave": "off"
}
EOF
server=$folder/code-server/node_modules/code-server/out/node/entry.js
# No look at what the shell of the user sets: that takes long on a busy machine.
export VSCODE_CLI=1
# No gallery: nothing is fetched.
export EXTENSIONS_GALLERY='{"serviceUrl":"http://127.0.0.1:9/"}'
places=(--config "$folder/home/config.yaml" --user-data-dir "$folder/home"
  --extensions-dir "$folder/home/extensions")
node "$server" "${places[@]}" --install-extension "$vsix" >&2
NODE_PATH=$folder/code-server/node_modules exec node "$here/drive.mjs" \
  "$folder" "$server" "${places[@]}"
