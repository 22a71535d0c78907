package dev.assay.tokenization.chat;

import dev.assay.AssayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values of expressions in a scope. */
final class Evaluator {
    private Evaluator() {}

    static Object value(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> scope.get(name.name());
            case Expression.ListLiteral list -> values(list.items(), scope);
            case Expression.TupleLiteral tuple -> new Tuple(values(tuple.items(), scope));
            case Expression.DictLiteral dict -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                dict.entries().forEach(entry -> map.put(value(entry.getKey(), scope), value(entry.getValue(), scope)));
                yield map;
            }
            case Expression.Attribute attribute -> attribute(attribute, scope);
            case Expression.Item item -> at(item, () -> Slices.item(value(item.of(), scope), value(item.key(), scope)));
            case Expression.Slice slice ->
                at(
                        slice,
                        () -> Slices.slice(
                                value(slice.of(), scope),
                                optional(slice.begin(), scope),
                                optional(slice.end(), scope),
                                optional(slice.step(), scope)));
            case Expression.Call call -> call(call, scope);
            case Expression.Filter filter -> filter(filter, value(filter.input(), scope), scope);
            case Expression.Test test -> {
                Object tested = value(test.input(), scope);
                List<Object> arguments = values(test.arguments().positional(), scope);
                yield at(test, () -> Tests.holds(test.name(), tested, arguments) != test.negated());
            }
            case Expression.Unary unary -> unary(unary, scope);
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Comparison comparison -> comparison(comparison, scope);
            case Expression.Conditional conditional -> {
                Expression otherwise = conditional.otherwise();
                yield Operations.truth(value(conditional.condition(), scope))
                        ? value(conditional.then(), scope)
                        : otherwise == null ? new Undefined("the missing else") : value(otherwise, scope);
            }
        };
    }

    static List<Object> values(List<Expression> expressions, Scope scope) {
        List<Object> values = new ArrayList<>();
        expressions.forEach(expression -> values.add(value(expression, scope)));
        return values;
    }

    private static @Nullable Object optional(@Nullable Expression expression, Scope scope) {
        return expression == null ? null : value(expression, scope);
    }

    static Map<String, Object> named(Map<String, Expression> arguments, Scope scope) {
        Map<String, Object> named = new LinkedHashMap<>();
        arguments.forEach((name, argument) -> named.put(name, value(argument, scope)));
        return named;
    }

    static Object filter(Expression.Filter filter, Object input, Scope scope) {
        List<Object> positional = values(filter.arguments().positional(), scope);
        Map<String, Object> named = named(filter.arguments().named(), scope);
        return at(filter, () -> Filters.apply(filter.name(), input, positional, named));
    }

    /** A method of the value, else the item of that name: Python's order, so that {@code d.items} is the method. */
    private static Object attribute(Expression.Attribute attribute, Scope scope) {
        Object of = value(attribute.of(), scope);
        return at(attribute, () -> {
            Function method = Methods.of(of, attribute.name());
            return method != null ? method : Slices.item(of, attribute.name());
        });
    }

    private static Object call(Expression.Call call, Scope scope) {
        Object function = value(call.function(), scope);
        List<Object> positional = values(call.arguments().positional(), scope);
        Map<String, Object> named = named(call.arguments().named(), scope);
        if (!(function instanceof Function callable)) {
            throw TemplateError.at(
                    call.line(),
                    (function instanceof Undefined undefined ? "'" + undefined.what() + "'" : "this value")
                            + " cannot be called");
        }
        return at(call, () -> callable.call(positional, named));
    }

    private static Object unary(Expression.Unary unary, Scope scope) {
        Object operand = value(unary.operand(), scope);
        return switch (unary.operator()) {
            case "not" -> !Operations.truth(operand);
            case "-" -> at(unary, () -> Operations.binary("-", 0L, operand));
            default -> at(unary, () -> Operations.binary("+", 0L, operand));
        };
    }

    private static Object binary(Expression.Binary binary, Scope scope) {
        Object left = value(binary.left(), scope);
        return switch (binary.operator()) {
            case "and" -> Operations.truth(left) ? value(binary.right(), scope) : left;
            case "or" -> Operations.truth(left) ? left : value(binary.right(), scope);
            default -> {
                Object right = value(binary.right(), scope);
                yield at(binary, () -> Operations.binary(binary.operator(), left, right));
            }
        };
    }

    private static Object comparison(Expression.Comparison comparison, Scope scope) {
        Object left = value(comparison.operands().getFirst(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            String operator = comparison.operators().get(i);
            Object first = left;
            Object second = value(comparison.operands().get(i + 1), scope);
            if (!at(comparison, () -> holds(operator, first, second))) {
                return false;
            }
            left = second;
        }
        return true;
    }

    private static boolean holds(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> Operations.equal(left, right);
            case "!=" -> !Operations.equal(left, right);
            case "in" -> Operations.contains(right, left);
            case "not in" -> !Operations.contains(right, left);
            case "<" -> Operations.compare(left, right) < 0;
            case ">" -> Operations.compare(left, right) > 0;
            case "<=" -> Operations.compare(left, right) <= 0;
            default -> Operations.compare(left, right) >= 0;
        };
    }

    /** Runs an operation; what Python would refuse gets the line of its expression. */
    private static <T> T at(Expression expression, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException | ClassCastException e) {
            AssayException located =
                    TemplateError.at(expression.line(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
            located.initCause(e);
            throw located;
        }
    }
}
