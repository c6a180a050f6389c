// node dashboard.mjs FILE: checks a dashboard against Grafana's own type. Prints what is wrong and ends with 1.
import { readFileSync } from "node:fs";
import { typeFaults } from "./types.mjs";

const value = JSON.parse(readFileSync(process.argv[2], "utf8"));
const faults = typeFaults([{ name: value.title, module: "@grafana/schema", type: "Dashboard", value }]);
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
