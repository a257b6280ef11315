// ruleid: secret-in-log
console.log("key", process.env.OPENAI_API_KEY);
// ruleid: secret-in-log
logger.debug(`login ${user.name} ${user.password}`);
// ruleid: secret-in-log
console.log("token: " + accessToken);
// ok: secret-in-log
console.log("key set:", Boolean(process.env.OPENAI_API_KEY));
// ok: secret-in-log
logger.debug(`login ${user.name}`);
// ok: secret-in-log
console.log("wrong password");
