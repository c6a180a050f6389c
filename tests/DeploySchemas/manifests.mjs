// node manifests.mjs FILE: checks rendered manifests against the API's schemas, and against its types, which know every
// field. Prints what is wrong and ends with 1, or one line of JSON a manifest.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { typeFaults } from "./types.mjs";

const manifests = parseAllDocuments(readFileSync(process.argv[2], "utf8")).map((document) => {
  if (document.errors.length > 0) {
    throw document.errors[0];
  }

  return document.toJS();
});

const faults = [];
for (const manifest of manifests) {
  const models = await import(`kubernetes-models/${manifest.apiVersion}`);
  const Model = models[manifest.kind] ?? models.default?.[manifest.kind];
  if (!Model) {
    faults.push(`${manifest.kind}: ${manifest.apiVersion} has no such kind`);
    continue;
  }

  try {
    new Model(manifest).validate();
  } catch (error) {
    faults.push(`${manifest.kind} ${manifest.metadata?.name}: ${error.message}`);
  }
}

faults.push(...typeFaults(manifests.map((manifest) => ({
  name: `${manifest.kind} ${manifest.metadata?.name}`,
  module: `kubernetes-models/${manifest.apiVersion}`,
  type: `I${manifest.kind}`,
  value: manifest,
}))));

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}

manifests.forEach((manifest) => console.log(JSON.stringify(manifest)));
