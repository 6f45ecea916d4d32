// precompress.mjs FOLDER: writes FILE.br and FILE.gz beside every text file below FOLDER, at the
// highest level, so that the server sends ready bytes. A copy that saves nothing is left out.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const textTypes = new Set([
  '.css', '.html', '.js', '.json', '.map', '.mjs', '.svg', '.txt', '.webmanifest', '.xml',
]);

// A packet carries about 1,400 bytes: below that, fewer bytes arrive no sooner.
const smallestWorthwhile = 1024;

function main(folder) {
  if (!folder) throw new Error('usage: precompress.mjs FOLDER');
  let raw = 0;
  let packed = 0;
  for (const file of textFilesBelow(folder)) {
    const bytes = readFileSync(file);
    const br = brotli(bytes);
    writeIfSmaller(`${file}.br`, br, bytes);
    writeIfSmaller(`${file}.gz`, gzipSync(bytes, { level: 9 }), bytes);
    raw += bytes.length;
    packed += Math.min(br.length, bytes.length);
  }
  console.log(`    ${kilobytes(raw)} of text, ${kilobytes(packed)} as brotli`);
}

function textFilesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && textTypes.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

function writeIfSmaller(path, packed, bytes) {
  if (bytes.length >= smallestWorthwhile && packed.length < bytes.length) {
    writeFileSync(path, packed);
  } else {
    rmSync(path, { force: true });
  }
}

function kilobytes(count) {
  return `${(count / 1000).toFixed(1)} kB`;
}

main(process.argv[2]);
