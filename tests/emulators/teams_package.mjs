// What Microsoft's schemas find wrong with the files of an app package: reads {file: content} from
// standard input and prints [finding, …]. The schemas lie in npm @microsoft/app-manifest.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Ajv = require('ajv-draft-04');
const formats = require('ajv-formats');
const home = path.dirname(require.resolve('@microsoft/app-manifest/package.json'));
const files = JSON.parse(fs.readFileSync(0, 'utf8'));
const found = [];

for (const [file, content] of Object.entries(files)) {
  const version = content.manifestVersion ?? files['manifest.json'].manifestVersion;
  const kind = file === 'manifest.json' ? 'MicrosoftTeams' : 'MicrosoftTeams.Localization';
  const at = path.join(home, 'build', 'json-schemas', 'teams', `v${version}`, `${kind}.schema.json`);
  const schema = JSON.parse(fs.readFileSync(at, 'utf8').replace(/^\uFEFF/, ''));
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  formats(ajv);
  const valid = ajv.compile(schema);
  if (!valid(content)) found.push(...valid.errors.map(e => `${file} ${e.instancePath || '/'} ${e.message}`));
}
console.log(JSON.stringify(found));
