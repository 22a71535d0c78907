package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja2's expression grammar, loosest binding first; filters and tests bind tighter than any operator. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "if", "is", "in", "not");

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Expression expression() {
        int line = tokens.current().line();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            Expression otherwise = tokens.skipName("else") ? expression() : null;
            value = new Expression.Conditional(condition, value, otherwise, line);
        }
        return value;
    }

    /** One expression, or several with commas as a tuple: what {@code for x in 1, 2} and {@code set a = 1, 2} take. */
    Expression tupleOrExpression() {
        int line = tokens.current().line();
        Expression first = expression();
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")) {
            items.add(expression());
        }
        return new Expression.TupleLiteral(items, line);
    }

    /** An expression without a trailing condition: the items of a loop, whose {@code if} is the loop's own. */
    Expression withoutCondition() {
        return or();
    }

    private Expression or() {
        Expression left = and();
        while (tokens.current().isName("or")) {
            int line = tokens.next().line();
            left = new Expression.Binary("or", left, and(), line);
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.current().isName("and")) {
            int line = tokens.next().line();
            left = new Expression.Binary("and", left, not(), line);
        }
        return left;
    }

    private Expression not() {
        if (tokens.current().isName("not")) {
            int line = tokens.next().line();
            return new Expression.Unary("not", not(), line);
        }
        return comparison();
    }

    private Expression comparison() {
        int line = tokens.current().line();
        List<Expression> operands = new ArrayList<>(List.of(sum()));
        List<String> operators = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (token.isName("in")) {
                tokens.next();
                operators.add("in");
            } else if (token.isName("not") && tokens.peek().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? operands.getFirst() : new Expression.Comparison(operands, operators, line);
            }
            operands.add(sum());
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
            Token operator = tokens.next();
            left = new Expression.Binary(operator.text(), left, concatenation(), operator.line());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (tokens.current().isOperator("~")) {
            int line = tokens.next().line();
            left = new Expression.Binary("~", left, product(), line);
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (tokens.current().kind() == Token.Kind.OPERATOR
                && Set.of("*", "/", "//", "%").contains(tokens.current().text())) {
            Token operator = tokens.next();
            left = new Expression.Binary(operator.text(), left, power(), operator.line());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (tokens.current().isOperator("**")) {
            int line = tokens.next().line();
            left = new Expression.Binary("**", left, unary(true), line);
        }
        return left;
    }

    private Expression unary(boolean withFilters) {
        Token token = tokens.current();
        Expression value;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.next();
            value = new Expression.Unary(token.text(), unary(false), token.line());
        } else {
            value = postfix(primary());
        }
        return withFilters ? filtersAndTests(value) : value;
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> name(token);
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (tokens.current().kind() == Token.Kind.STRING) {
                    text.append(tokens.next().text());
                }
                yield new Expression.Literal(text.toString(), token.line());
            }
            case INTEGER -> new Expression.Literal(Long.valueOf(token.text()), token.line());
            case FLOAT -> new Expression.Literal(Double.valueOf(token.text()), token.line());
            case OPERATOR -> bracketed(token);
            default -> throw TemplateError.at(token.line(), "expected an expression, found " + token.shown());
        };
    }

    private static Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Literal(true, token.line());
            case "false", "False" -> new Expression.Literal(false, token.line());
            case "none", "None" -> new Expression.Literal(None.NONE, token.line());
            default -> new Expression.Name(token.text(), token.line());
        };
    }

    private Expression bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> parenthesised(token.line());
            case "[" -> new Expression.ListLiteral(items("]"), token.line());
            case "{" -> dictionary(token.line());
            default -> throw TemplateError.at(token.line(), "expected an expression, found " + token.shown());
        };
    }

    private Expression parenthesised(int line) {
        if (tokens.skipOperator(")")) {
            return new Expression.TupleLiteral(List.of(), line);
        }
        Expression first = expression();
        if (tokens.skipOperator(")")) {
            return first;
        }
        tokens.expectOperator(",");
        List<Expression> items = new ArrayList<>(List.of(first));
        items.addAll(items(")"));
        return new Expression.TupleLiteral(items, line);
    }

    private List<Expression> items(String closing) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator(closing)) {
            items.add(expression());
            if (!tokens.current().isOperator(closing)) {
                tokens.expectOperator(",");
            }
        }
        return items;
    }

    private Expression dictionary(int line) {
        List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            Expression key = expression();
            tokens.expectOperator(":");
            entries.add(Map.entry(key, expression()));
            if (!tokens.current().isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        return new Expression.DictLiteral(entries, line);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator(".")) {
                tokens.next();
                Token name = tokens.next();
                value = name.kind() == Token.Kind.INTEGER
                        ? new Expression.Item(
                                value, new Expression.Literal(Long.valueOf(name.text()), name.line()), token.line())
                        : new Expression.Attribute(value, name.text(), token.line());
            } else if (token.isOperator("[")) {
                tokens.next();
                value = subscript(value, token.line());
            } else if (token.isOperator("(")) {
                value = new Expression.Call(value, arguments(), token.line());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression of, int line) {
        Expression begin = tokens.current().isOperator(":") ? null : tupleOrExpression();
        if (tokens.skipOperator("]") && begin != null) {
            return new Expression.Item(of, begin, line);
        }
        tokens.expectOperator(":");
        Expression end = bound();
        Expression step = tokens.skipOperator(":") ? bound() : null;
        tokens.expectOperator("]");
        return new Expression.Slice(of, begin, end, step, line);
    }

    private @Nullable Expression bound() {
        return tokens.current().isOperator(":") || tokens.current().isOperator("]") ? null : expression();
    }

    Expression.Arguments arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (tokens.current().kind() == Token.Kind.NAME && tokens.peek().isOperator("=")) {
                String name = tokens.expectName();
                tokens.expectOperator("=");
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!tokens.current().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Expression.Arguments(positional, named);
    }

    /** Filters and tests after a value, or after nothing in a filter block. */
    Expression filtersAndTests(Expression start) {
        Expression value = start;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator("|")) {
                tokens.next();
                value = filter(value);
            } else if (token.isName("is")) {
                tokens.next();
                value = test(value, token.line());
            } else if (token.isOperator("(")) {
                value = new Expression.Call(value, arguments(), token.line());
            } else {
                return value;
            }
        }
    }

    Expression.Filter filter(Expression input) {
        int line = tokens.current().line();
        String name = tokens.expectName();
        Expression.Arguments arguments = tokens.current().isOperator("(") ? arguments() : Expression.Arguments.NONE;
        return new Expression.Filter(input, name, arguments, line);
    }

    private Expression test(Expression input, int line) {
        boolean negated = tokens.skipName("not");
        String name = tokens.expectName();
        Expression.Arguments arguments = Expression.Arguments.NONE;
        Token token = tokens.current();
        boolean value = token.kind() == Token.Kind.STRING
                || token.kind() == Token.Kind.INTEGER
                || token.kind() == Token.Kind.FLOAT
                || token.isOperator("[")
                || token.isOperator("{")
                || token.kind() == Token.Kind.NAME && !NO_ARGUMENT.contains(token.text());
        if (token.isOperator("(")) {
            arguments = arguments();
        } else if (value) {
            arguments = new Expression.Arguments(List.of(postfix(primary())), Map.of());
        }
        return new Expression.Test(input, name, arguments, negated, line);
    }
}
