package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jinja2's statements, as far as chat templates use them. */
final class StatementParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    private StatementParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String template) {
        StatementParser parser = new StatementParser(new TokenStream(Lexer.tokens(template)));
        List<Statement> statements = parser.until();
        parser.tokens.expect(Token.Kind.END, "the end of the template");
        return statements;
    }

    /** Statements up to one of the given tags, whose name is then the current token; or up to the end. */
    private List<Statement> until(String... tags) {
        List<Statement> body = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case DATA -> body.add(new Statement.Data(tokens.next().text()));
                case PRINT_BEGIN -> {
                    tokens.next();
                    body.add(new Statement.Print(expressions.tupleOrExpression()));
                    tokens.expect(Token.Kind.PRINT_END, "}}");
                }
                case BLOCK_BEGIN -> {
                    if (List.of(tags).contains(tokens.peek().text())) {
                        tokens.next();
                        return body;
                    }
                    tokens.next();
                    body.add(block());
                }
                default -> {
                    if (tags.length > 0) {
                        throw TemplateError.at(token.line(), "expected {% " + String.join(" %} or {% ", tags) + " %}");
                    }
                    return body;
                }
            }
        }
    }

    private void close() {
        tokens.expect(Token.Kind.BLOCK_END, "%}");
    }

    private List<Statement> bodyUntil(String tag) {
        List<Statement> body = until(tag);
        tokens.next();
        close();
        return body;
    }

    private Statement block() {
        Token tag = tokens.expect(Token.Kind.NAME, "a tag");
        return switch (tag.text()) {
            case "if" -> conditional();
            case "for" -> loop(tag.line());
            case "set" -> set(tag.line());
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> filterBlock();
            case "generation" -> {
                close();
                yield new Statement.Group(bodyUntil("endgeneration"));
            }
            case "break" -> {
                close();
                yield new Statement.Break(tag.line());
            }
            case "continue" -> {
                close();
                yield new Statement.Continue(tag.line());
            }
            default -> throw TemplateError.at(tag.line(), "the tag {% " + tag.text() + " %} is not known");
        };
    }

    private Statement conditional() {
        List<Statement.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        Expression condition = expressions.tupleOrExpression();
        close();
        while (true) {
            branches.add(new Statement.Branch(condition, until("elif", "else", "endif")));
            String tag = tokens.next().text();
            if (tag.equals("elif")) {
                condition = expressions.tupleOrExpression();
                close();
                continue;
            }
            close();
            if (tag.equals("else")) {
                otherwise = bodyUntil("endif");
            }
            return new Statement.If(branches, otherwise);
        }
    }

    private Statement loop(int line) {
        List<String> targets = targets();
        if (!tokens.skipName("in")) {
            throw TemplateError.at(
                    line, "expected 'in', found " + tokens.current().shown());
        }
        Expression items = expressions.withoutCondition();
        Expression filter = tokens.skipName("if") ? expressions.expression() : null;
        if (tokens.skipName("recursive")) {
            throw TemplateError.at(line, "recursive loops are not known; use a macro");
        }
        close();
        List<Statement> body = until("else", "endfor");
        List<Statement> otherwise = List.of();
        String tag = tokens.next().text();
        close();
        if (tag.equals("else")) {
            otherwise = bodyUntil("endfor");
        }
        return new Statement.For(targets, items, filter, body, otherwise, line);
    }

    private List<String> targets() {
        boolean bracketed = tokens.skipOperator("(");
        List<String> names = new ArrayList<>(List.of(tokens.expectName()));
        while (tokens.skipOperator(",")) {
            names.add(tokens.expectName());
        }
        if (bracketed) {
            tokens.expectOperator(")");
        }
        return names;
    }

    private Statement set(int line) {
        List<String> targets = targets();
        String attribute = tokens.skipOperator(".") ? tokens.expectName() : null;
        if (tokens.skipOperator("=")) {
            Expression value = expressions.tupleOrExpression();
            close();
            return new Statement.Set(targets, attribute, value, line);
        }
        List<Expression.Filter> filters = filters();
        close();
        return new Statement.SetBlock(targets.getFirst(), filters, bodyUntil("endset"));
    }

    /** Filters without a value before them, in order. */
    private List<Expression.Filter> filters() {
        List<Expression.Filter> filters = new ArrayList<>();
        while (tokens.skipOperator("|")) {
            filters.add(expressions.filter(
                    new Expression.Literal("", tokens.current().line())));
        }
        return filters;
    }

    private Statement filterBlock() {
        List<Expression.Filter> filters = new ArrayList<>();
        filters.add(
                expressions.filter(new Expression.Literal("", tokens.current().line())));
        filters.addAll(filters());
        close();
        return new Statement.FilterBlock(filters, bodyUntil("endfilter"));
    }

    private Statement macro() {
        String name = tokens.expectName();
        List<String> parameters = new ArrayList<>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        parameters(parameters, defaults);
        close();
        return new Statement.Macro(name, parameters, defaults, bodyUntil("endmacro"));
    }

    private void parameters(List<String> parameters, Map<String, Expression> defaults) {
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            String parameter = tokens.expectName();
            parameters.add(parameter);
            if (tokens.skipOperator("=")) {
                defaults.put(parameter, expressions.expression());
            }
            if (!tokens.current().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
    }

    private Statement callBlock() {
        List<String> parameters = new ArrayList<>();
        if (tokens.current().isOperator("(")) {
            parameters(parameters, new LinkedHashMap<>());
        }
        Expression call = expressions.expression();
        if (!(call instanceof Expression.Call macro)) {
            throw TemplateError.at(call.line(), "{% call %} needs a call of a macro");
        }
        close();
        return new Statement.CallBlock(parameters, macro, bodyUntil("endcall"));
    }
}
