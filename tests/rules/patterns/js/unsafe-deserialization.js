const serialize = require("node-serialize");
const yaml = require("js-yaml");

// ruleid: unsafe-deserialization
const user = serialize.unserialize(req.cookies.profile);
// ruleid: unsafe-deserialization
const doc = yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA });
// ruleid: unsafe-deserialization
const value = BSON.deserialize(data, { evalFunctions: true });
// ok: unsafe-deserialization
const parsed = JSON.parse(req.cookies.profile);
// ok: unsafe-deserialization
const plain = yaml.load(text);
// ok: unsafe-deserialization
const text2 = serialize.serialize(user);
