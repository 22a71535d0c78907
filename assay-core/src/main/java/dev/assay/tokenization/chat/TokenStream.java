package dev.assay.tokenization.chat;

import java.util.List;

/** Tokens with a place in them. */
final class TokenStream {
    private final List<Token> tokens;
    private int place;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(place);
    }

    Token peek() {
        return tokens.get(Math.min(place + 1, tokens.size() - 1));
    }

    Token next() {
        return tokens.get(place < tokens.size() - 1 ? place++ : place);
    }

    boolean skipOperator(String operator) {
        return skip(current().isOperator(operator));
    }

    boolean skipName(String name) {
        return skip(current().isName(name));
    }

    private boolean skip(boolean matches) {
        if (matches) {
            next();
        }
        return matches;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw TemplateError.at(
                    current().line(),
                    "expected '" + operator + "', found " + current().shown());
        }
    }

    Token expect(Token.Kind kind, String what) {
        if (current().kind() != kind) {
            throw TemplateError.at(
                    current().line(),
                    "expected " + what + ", found " + current().shown());
        }
        return next();
    }

    String expectName() {
        return expect(Token.Kind.NAME, "a name").text();
    }
}
