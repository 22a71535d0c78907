package dev.assay.tokenization.chat;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jinja2's tests: {@code x is string}. */
final class Tests {
    private Tests() {}

    static boolean holds(String name, Object value, List<Object> arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value instanceof None;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Long || value instanceof Double || value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence" -> value instanceof List<?> || value instanceof String || value instanceof Map<?, ?>;
            case "iterable" ->
                value instanceof List<?>
                        || value instanceof String
                        || value instanceof Map<?, ?>
                        || value instanceof Undefined;
            case "callable" -> value instanceof Function;
            case "even" -> integer(value) % 2 == 0;
            case "odd" -> integer(value) % 2 != 0;
            case "divisibleby" -> integer(value) % integer(argument(arguments)) == 0;
            case "eq", "equalto", "==" -> Operations.equal(value, argument(arguments));
            case "ne", "!=" -> !Operations.equal(value, argument(arguments));
            case "lt", "lessthan", "<" -> Operations.compare(value, argument(arguments)) < 0;
            case "le", "<=" -> Operations.compare(value, argument(arguments)) <= 0;
            case "gt", "greaterthan", ">" -> Operations.compare(value, argument(arguments)) > 0;
            case "ge", ">=" -> Operations.compare(value, argument(arguments)) >= 0;
            case "in" -> Operations.contains(argument(arguments), value);
            case "sameas" -> value == argument(arguments) || value.equals(argument(arguments));
            case "lower" -> PythonText.str(value).equals(PythonText.str(value).toLowerCase(Locale.ROOT));
            case "upper" -> PythonText.str(value).equals(PythonText.str(value).toUpperCase(Locale.ROOT));
            default -> throw new IllegalArgumentException("the test '" + name + "' is not known");
        };
    }

    private static Object argument(List<Object> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("the test needs a value to test against");
        }
        return arguments.getFirst();
    }

    private static long integer(Object value) {
        if (Operations.number(value) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException(Operations.kind(value) + " is no integer");
    }
}
