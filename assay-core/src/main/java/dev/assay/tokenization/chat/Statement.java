package dev.assay.tokenization.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement of a template, as parsed. */
sealed interface Statement {
    record Data(String text) implements Statement {}

    record Print(Expression value) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    record Branch(Expression condition, List<Statement> body) {}

    record For(
            List<String> targets,
            Expression items,
            @Nullable Expression filter,
            List<Statement> body,
            List<Statement> otherwise,
            int line)
            implements Statement {}

    /** Sets names, or one attribute of a namespace where {@code attribute} is there. */
    record Set(List<String> targets, @Nullable String attribute, Expression value, int line) implements Statement {}

    record SetBlock(String target, List<Expression.Filter> filters, List<Statement> body) implements Statement {}

    record Macro(String name, List<String> parameters, Map<String, Expression> defaults, List<Statement> body)
            implements Statement {}

    record CallBlock(List<String> parameters, Expression.Call call, List<Statement> body) implements Statement {}

    record FilterBlock(List<Expression.Filter> filters, List<Statement> body) implements Statement {}

    /** The body as it is: {@code generation} marks what the model wrote and changes nothing of the text. */
    record Group(List<Statement> body) implements Statement {}

    record Break(int line) implements Statement {}

    record Continue(int line) implements Statement {}
}
