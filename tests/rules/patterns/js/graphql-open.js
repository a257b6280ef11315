// ruleid: graphql-open
const server = new ApolloServer({ typeDefs, resolvers, introspection: true });
// ruleid: graphql-open
app.use("/graphql", graphqlHTTP({ schema, graphiql: true }));
// ok: graphql-open
const good = new ApolloServer({ typeDefs, introspection: process.env.NODE_ENV !== "production" });
// ok: graphql-open
app.use("/graphql", graphqlHTTP({ schema }));
