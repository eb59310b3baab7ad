const BUILD_TOOLS = `SQLite is compiled for this machine, and that needs a C++ compiler, make and Python 3. Install them, then try again:
  Debian, Ubuntu   apt-get install build-essential python3
  Fedora           dnf install gcc-c++ make python3
  Alpine           apk add build-base python3
  macOS            xcode-select --install
  Windows          winget install Microsoft.VisualStudio.2022.BuildTools Python.Python.3.12`

const NETWORK = `The package registry cannot be reached. Check the network, and the proxy and registry npm is set to use:
  npm config get registry
  npm config get proxy`

/**
 * What npm and node-gyp print, and what it means. First match wins: a compile is tried after a download failed, so the
 * compiler's complaints come before the network's.
 * @type {readonly (readonly [RegExp, string])[]}
 */
const CAUSES = [
  [/ENOSPC/, 'The disk is full. Free some space, then try again.'],
  [/find Python|Python is not set/i, BUILD_TOOLS],
  [/not found: make|make: (command )?not found|spawn make ENOENT|gmake: (command )?not found/i, BUILD_TOOLS],
  [/(g\+\+|c\+\+|clang\+\+|\bcc|gcc): (command )?not found|(g\+\+|c\+\+|cc): No such file/i, BUILD_TOOLS],
  [/find VS|No Xcode or CLT|xcode-select: error/i, BUILD_TOOLS],
  [
    /gyp (ERR!|http|WARN).*(ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|FetchError|headers|certificate)/i,
    `Compiling SQLite needs Node's header files, and they could not be downloaded. Check the network; or, if this Node
came with its headers (look for include/node/node.h under its folder), name that folder and try again:
  npm_config_nodedir=/usr npm ci`,
  ],
  [/EUSAGE|can only install packages when/i, 'package-lock.json does not fit package.json. Run: npm install'],
  [
    /\b(EACCES|EPERM|EROFS)\b/,
    'This folder cannot be written to. Check who owns it (node_modules above all).',
  ],
  [
    /\b(E404|ETARGET|E401|E403)\b/,
    `The package registry refused a package. Ask it which:\n  npm config get registry`,
  ],
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|CERT_/, NETWORK],
]

/**
 * The likely cause of a failed install, with its cure.
 * @param {string} output what npm printed
 * @returns {string | null} null when nothing known is in it
 */
export const diagnose = output => CAUSES.find(([sign]) => sign.test(output))?.[1] ?? null
