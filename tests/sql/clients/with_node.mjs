// The warehouse through the Node API of DuckDB 1.5: an older reader than the writer.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const [, , database, ...questions] = process.argv;
const instance = await DuckDBInstance.create(database, { access_mode: "READ_ONLY" });
const connection = await instance.connect();
const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
const tables = Object.fromEntries(await ask("select table_name, comment from duckdb_tables()"));
const answers = [];
for (const question of questions) answers.push(await ask(readFileSync(question, "utf8")));
console.log(JSON.stringify({ tables, answers }));
