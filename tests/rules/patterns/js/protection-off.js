// ruleid: protection-off
app.use(helmet({ contentSecurityPolicy: false }));
// ruleid: protection-off
const config = { kit: { csrf: { checkOrigin: false } } };
// ruleid: protection-off
const server = new ApolloServer({ typeDefs, csrfPrevention: false });
// ok: protection-off
app.use(helmet());
// ok: protection-off
app.use(helmet({ contentSecurityPolicy: { directives } }));
// ok: protection-off
const graph = new ApolloServer({ typeDefs });
