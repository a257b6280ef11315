class Rules {
    Object run(String rule) {
        // ruleid: code-from-parameter
        return new SpelExpressionParser().parseExpression(rule).getValue();
    }

    Object groovy(String script) {
        // ruleid: code-from-parameter
        return new GroovyShell().evaluate(script);
    }

    Object js(String script) throws ScriptException {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("js");
        // ruleid: code-from-parameter
        return engine.eval(script);
    }

    Object fixed(String name) {
        // ok: code-from-parameter
        Object sum = new SpelExpressionParser().parseExpression("1 + 1").getValue();
        // ok: code-from-parameter
        double cost = model.evaluate(name);
        // ok: code-from-parameter
        return table.eval(sum, cost);
    }
}
