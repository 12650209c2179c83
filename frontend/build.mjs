// Builds the stylesheet and copies the scripts into core/web/static; `--check` only compares.
// The results are committed, so that running An Nhi needs no Node.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const read = (path) => readFileSync(join(here, path), "utf8");

const files = {
  "../core/web/static/annhi.css": compile(join(here, "scss/annhi.scss"), { style: "compressed" }).css + "\n",
  "../core/web/static/htmx.js": read("node_modules/htmx.org/dist/htmx.min.js").replace(/\n\/\/# sourceMappingURL.*\s*$/, "\n"),
  "../core/web/static/annhi.js": read("annhi.js"),
  "../core/web/static/favicon.svg": read("favicon.svg"),
  "vendor/axe.min.js": read("node_modules/axe-core/axe.min.js"),
};

let stale = 0;
for (const [path, text] of Object.entries(files)) {
  const target = join(here, path);
  if (!process.argv.includes("--check")) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  } else if (read(path) !== text) {
    console.error(`${path} is not what the sources give; run: npm run build`);
    stale = 1;
  }
}
process.exitCode = stale;
