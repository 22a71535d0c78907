/**
 * Chat templates as Transformers renders them: the part of Jinja2 that published templates use, with Python's values,
 * strings and errors. Nothing on the JVM renders them faithfully (docs/adr/0010), and a reward model reads the exact token
 * string. Read {@link dev.assay.tokenization.chat.ChatTemplate} first, then {@code Lexer}, {@code ExpressionParser}, {@code
 * StatementParser} and {@code Renderer}, in the order a template goes through them.
 */
@NullMarked
package dev.assay.tokenization.chat;

import org.jspecify.annotations.NullMarked;
