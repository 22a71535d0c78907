package dev.assay.tokenization.chat;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs statements and collects the text they write, within limits that no honest template meets. */
final class Renderer {
    private static final int MOST_STEPS = 2_000_000;
    private static final int MOST_CALLS = 200;
    private static final int MOST_TEXT = 64 << 20;

    private StringBuilder out = new StringBuilder();
    private int steps;
    private int loopDepth;
    private int callDepth;

    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    static String render(List<Statement> statements, Scope globals) {
        Renderer renderer = new Renderer();
        renderer.run(statements, globals);
        return renderer.out.toString();
    }

    private Flow run(List<Statement> statements, Scope scope) {
        for (Statement statement : statements) {
            if (++steps > MOST_STEPS || out.length() > MOST_TEXT) {
                throw endless();
            }
            Flow flow = run(statement, scope);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private static AssayException endless() {
        return new AssayException(
                ErrorKind.CHECKPOINT, "chat template: it writes, computes or calls itself without end");
    }

    private Flow run(Statement statement, Scope scope) {
        switch (statement) {
            case Statement.Data data -> out.append(data.text());
            case Statement.Print print -> out.append(PythonText.str(Evaluator.value(print.value(), scope)));
            case Statement.If conditional -> {
                return conditional(conditional, scope);
            }
            case Statement.For loop -> loop(loop, scope);
            case Statement.Set set -> set(set, scope);
            case Statement.SetBlock set ->
                scope.set(set.target(), filtered(set.filters(), captured(set.body(), scope), scope));
            case Statement.Macro macro -> scope.set(macro.name(), function(macro, scope));
            case Statement.CallBlock call -> callBlock(call, scope);
            case Statement.FilterBlock block ->
                out.append(PythonText.str(filtered(block.filters(), captured(block.body(), scope), scope)));
            case Statement.Group group -> {
                return run(group.body(), scope);
            }
            case Statement.Break end -> {
                return Flow.BREAK;
            }
            case Statement.Continue end -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.NEXT;
    }

    private Flow conditional(Statement.If conditional, Scope scope) {
        for (Statement.Branch branch : conditional.branches()) {
            if (Operations.truth(Evaluator.value(branch.condition(), scope))) {
                return run(branch.body(), scope);
            }
        }
        return run(conditional.otherwise(), scope);
    }

    private void loop(Statement.For loop, Scope scope) {
        List<Object> items = new ArrayList<>();
        for (Object item : itemsOf(loop, scope)) {
            Scope candidate = new Scope(scope);
            assign(loop.targets(), item, candidate, loop.line());
            if (loop.filter() == null || Operations.truth(Evaluator.value(loop.filter(), candidate))) {
                items.add(item);
            }
        }
        loopDepth++;
        for (int round = 0; round < items.size(); round++) {
            Scope inner = new Scope(scope);
            inner.set("loop", LoopState.of(items, round, loopDepth));
            assign(loop.targets(), items.get(round), inner, loop.line());
            if (run(loop.body(), inner) == Flow.BREAK) {
                break;
            }
        }
        loopDepth--;
        if (items.isEmpty()) {
            run(loop.otherwise(), new Scope(scope));
        }
    }

    private static List<Object> itemsOf(Statement.For loop, Scope scope) {
        Object value = Evaluator.value(loop.items(), scope);
        try {
            return Operations.items(value);
        } catch (IllegalArgumentException e) {
            throw TemplateError.at(loop.line(), String.valueOf(e.getMessage()));
        }
    }

    private static void assign(List<String> targets, Object value, Scope scope, int line) {
        if (targets.size() == 1) {
            scope.set(targets.getFirst(), value);
            return;
        }
        List<Object> parts = value instanceof List<?> list ? new ArrayList<>(list) : List.of();
        if (parts.size() != targets.size()) {
            throw TemplateError.at(line, targets.size() + " names cannot take " + parts.size() + " values");
        }
        for (int i = 0; i < parts.size(); i++) {
            scope.set(targets.get(i), parts.get(i));
        }
    }

    private void set(Statement.Set set, Scope scope) {
        Object value = Evaluator.value(set.value(), scope);
        if (set.attribute() == null) {
            assign(set.targets(), value, scope, set.line());
        } else if (scope.get(set.targets().getFirst()) instanceof Namespace namespace) {
            namespace.attributes().put(set.attribute(), value);
        } else {
            throw TemplateError.at(
                    set.line(),
                    "only attributes of a namespace can be set, and "
                            + set.targets().getFirst() + " is none");
        }
    }

    private String captured(List<Statement> body, Scope scope) {
        StringBuilder outer = out;
        out = new StringBuilder();
        try {
            run(body, new Scope(scope));
            return out.toString();
        } finally {
            out = outer;
        }
    }

    private static Object filtered(List<Expression.Filter> filters, Object value, Scope scope) {
        Object result = value;
        for (Expression.Filter filter : filters) {
            result = Evaluator.filter(filter, result, scope);
        }
        return result;
    }

    private Function function(Statement.Macro macro, Scope definition) {
        return (positional, named) -> {
            Scope inner = new Scope(definition);
            for (int i = 0; i < macro.parameters().size(); i++) {
                String parameter = macro.parameters().get(i);
                Expression otherwise = macro.defaults().get(parameter);
                Object value = i < positional.size() ? positional.get(i) : named.get(parameter);
                inner.set(
                        parameter,
                        value != null
                                ? value
                                : otherwise != null ? Evaluator.value(otherwise, inner) : new Undefined(parameter));
            }
            if (named.get("caller") != null) {
                inner.set("caller", named.get("caller"));
            }
            if (++callDepth > MOST_CALLS) {
                throw endless();
            }
            try {
                return captured(macro.body(), inner);
            } finally {
                callDepth--;
            }
        };
    }

    private void callBlock(Statement.CallBlock block, Scope scope) {
        Function caller = function(new Statement.Macro("caller", block.parameters(), Map.of(), block.body()), scope);
        Scope inner = new Scope(scope);
        inner.set("caller", caller);
        List<Object> positional = Evaluator.values(block.call().arguments().positional(), inner);
        Map<String, Object> named = Evaluator.named(block.call().arguments().named(), inner);
        named.put("caller", caller);
        if (!(Evaluator.value(block.call().function(), inner) instanceof Function macro)) {
            throw TemplateError.at(block.call().line(), "{% call %} needs a macro");
        }
        out.append(PythonText.str(macro.call(positional, named)));
    }
}
