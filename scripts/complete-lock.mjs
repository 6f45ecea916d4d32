// complete-lock.mjs package-lock.json…: adds the optional packages of other platforms that npm left
// out. Where npm cannot load such a package, because the registry in use is a filtered one, it makes
// a lock file without it, and `npm ci` then refuses that lock file everywhere ("Missing: … from lock
// file"). The entries added carry no checksum; no platform of ours installs them.
import { readFileSync, writeFileSync } from 'node:fs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

function complete(file) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  let added = 0;
  for (const owner of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      const known = Object.keys(lock.packages).some((key) => key === place || key.endsWith(`/${place}`));
      const platform = platformOf(name);
      if (known || !platform || !/^\d+\.\d+\.\d+/.test(version)) continue;
      lock.packages[place] = { version, ...platform, ...(owner.dev && { dev: true }), optional: true };
      added += 1;
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${file}: ${added} added`);
}

// "@biomejs/cli-linux-arm64-musl" is for linux, arm64 and musl; a name that tells nothing is none.
function platformOf(name) {
  const words = name.split('/').at(-1).split(/[-.]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!os && !cpu) return undefined;
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(words.includes('musl') && { libc: ['musl'] }),
    ...(os && { os: [os] }),
  };
}

for (const file of process.argv.slice(2)) complete(file);
