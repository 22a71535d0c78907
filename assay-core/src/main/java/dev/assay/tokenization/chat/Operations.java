package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's operators on template values; what Python refuses is an {@link IllegalArgumentException} here. */
final class Operations {
    private Operations() {}

    static boolean truth(Object value) {
        return switch (value) {
            case Boolean flag -> flag;
            case None none -> false;
            case Undefined undefined -> false;
            case String text -> !text.isEmpty();
            case Long number -> number != 0;
            case Double number -> number != 0;
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    static Object binary(String operator, Object left, Object right) {
        if (operator.equals("~")) {
            return PythonText.str(left) + PythonText.str(right);
        }
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            List<Object> joined = new ArrayList<>(a);
            joined.addAll(b);
            return joined;
        }
        if (operator.equals("*") && left instanceof String text && number(right) instanceof Long times) {
            return text.repeat(Math.toIntExact(Math.max(0, times)));
        }
        if (operator.equals("*") && left instanceof List<?> list && number(right) instanceof Long times) {
            List<Object> repeated = new ArrayList<>();
            Collections.nCopies(Math.toIntExact(Math.max(0, times)), list).forEach(repeated::addAll);
            return repeated;
        }
        if (operator.equals("%") && left instanceof String format) {
            return percent(format, right instanceof List<?> list ? list : List.of(right));
        }
        Number a = number(left);
        Number b = number(right);
        if (a == null || b == null) {
            throw new IllegalArgumentException(
                    "'" + operator + "' does not go with " + kind(left) + " and " + kind(right));
        }
        return a instanceof Long x && b instanceof Long y ? integers(operator, x, y) : reals(operator, a, b);
    }

    private static String percent(String format, List<?> values) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
            } else if (format.charAt(++i) == '%') {
                out.append('%');
            } else if ("sdr".indexOf(format.charAt(i)) >= 0 && next < values.size()) {
                Object value = values.get(next++);
                out.append(format.charAt(i) == 'r' ? PythonText.repr(value) : PythonText.str(value));
            } else {
                throw new IllegalArgumentException("the format \"" + format + "\" does not fit its values");
            }
        }
        return out.toString();
    }

    private static Object integers(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "/" -> (double) a / nonZero(b);
            case "//" -> Math.floorDiv(a, nonZero(b));
            case "%" -> Math.floorMod(a, nonZero(b));
            case "**" -> b >= 0 ? (Object) Math.round(Math.pow(a, b)) : (Object) Math.pow(a, b);
            default -> throw new IllegalArgumentException("'" + operator + "' is no operator");
        };
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw new IllegalArgumentException("division by zero");
        }
        return divisor;
    }

    private static Object reals(String operator, Number left, Number right) {
        double a = left.doubleValue();
        double b = right.doubleValue();
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            case "**" -> Math.pow(a, b);
            default -> throw new IllegalArgumentException("'" + operator + "' is no operator");
        };
    }

    /** The value as a number, booleans as 0 and 1; null where it is none. */
    static @Nullable Number number(Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number;
            case Boolean flag -> flag ? 1L : 0L;
            default -> null;
        };
    }

    static boolean equal(Object left, Object right) {
        Number a = number(left);
        Number b = number(right);
        if (a != null && b != null) {
            return a.doubleValue() == b.doubleValue();
        }
        if (left instanceof Undefined && right instanceof Undefined) {
            return true;
        }
        return left.equals(right);
    }

    static int compare(Object left, Object right) {
        Number a = number(left);
        Number b = number(right);
        if (a != null && b != null) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof String x && right instanceof String y) {
            return x.compareTo(y);
        }
        if (left instanceof List<?> x && right instanceof List<?> y) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                int order = compare(x.get(i), y.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        throw new IllegalArgumentException(kind(left) + " and " + kind(right) + " have no order");
    }

    static boolean contains(Object container, Object item) {
        return switch (container) {
            case String text when item instanceof String part -> text.contains(part);
            case List<?> list -> list.stream().anyMatch(element -> equal(element, item));
            case Map<?, ?> map -> map.containsKey(item);
            case Undefined undefined -> false;
            default -> throw new IllegalArgumentException(kind(container) + " holds nothing to look for");
        };
    }

    /** What a loop goes through: items, keys of a dict, characters of a text; nothing for what is undefined. */
    static List<Object> items(Object value) {
        return switch (value) {
            case List<?> list -> new ArrayList<>(list);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text ->
                text.codePoints().mapToObj(c -> (Object) Character.toString(c)).toList();
            case Undefined undefined -> List.of();
            default -> throw new IllegalArgumentException(kind(value) + " cannot be gone through");
        };
    }

    static String kind(Object value) {
        return switch (value) {
            case String text -> "a text";
            case Long number -> "an integer";
            case Double number -> "a number";
            case Boolean flag -> "a boolean";
            case None none -> "None";
            case Undefined undefined -> "'" + undefined.what() + "', which is undefined,";
            case List<?> list -> "a list";
            case Map<?, ?> map -> "a dict";
            default -> "this value";
        };
    }
}
