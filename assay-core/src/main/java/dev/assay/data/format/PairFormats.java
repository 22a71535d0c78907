package dev.assay.data.format;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.PreferencePair;
import dev.assay.data.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** The formats whose row is one pair. */
final class PairFormats {
    /** How public sets name the scores of the chosen and the rejected answer. */
    private static final List<List<String>> SCORES = List.of(
            List.of("score_chosen", "score_rejected"),
            List.of("chosen_score", "rejected_score"),
            List.of("chosen_rating", "rejected_rating"));

    private PairFormats() {}

    static PreferencePair explicit(Row row, String source) {
        return withPrompt(row.prompt("prompt"), row, source);
    }

    static PreferencePair shareGpt(Row row, String source) {
        Conversation turns = Row.messages(row.json().path("conversations"), "conversations");
        String system = row.has("system") ? row.text("system") : "";
        return withPrompt(
                system.isEmpty()
                        ? turns
                        : Conversation.of(Message.system(system)).then(turns),
                row,
                source);
    }

    /** The row's answers to a prompt, which some sets give by itself and again at the head of both answers. */
    static PreferencePair withPrompt(Conversation prompt, Row row, String source) {
        RepeatedPrompt read = RepeatedPrompt.of(
                prompt,
                Row.response(row.json().path("chosen"), "chosen"),
                Row.response(row.json().path("rejected"), "rejected"));
        return new PreferencePair(read.prompt(), read.chosen(), read.rejected(), strength(row), row.origin(source));
    }

    /** A hard label with a lead as its margin; one below zero contradicts the row: it is no margin, and the audit reports it. */
    static Strength strength(OptionalDouble lead) {
        return new Strength(1, margin(lead), OptionalDouble.empty());
    }

    private static OptionalDouble margin(OptionalDouble lead) {
        return lead.isPresent() && lead.getAsDouble() < 0 ? OptionalDouble.empty() : lead;
    }

    private static Strength strength(Row row) {
        double label = row.optionalNumber("label").orElse(1);
        try {
            return new Strength(label, margin(lead(row)), row.optionalNumber("true_probability"));
        } catch (IllegalArgumentException e) {
            throw new BadRow(String.valueOf(e.getMessage()));
        }
    }

    /** By how much the row's own numbers prefer the chosen answer: its margin, or the difference of its scores. */
    static OptionalDouble lead(Row row) {
        if (row.has("margin")) {
            return row.optionalNumber("margin");
        }
        for (List<String> columns : SCORES) {
            if (row.has(columns.get(0)) && row.has(columns.get(1))) {
                return OptionalDouble.of(row.number(columns.get(0)) - row.number(columns.get(1)));
            }
        }
        return OptionalDouble.empty();
    }

    /** The prompt is the longest run of turns that both conversations begin with, short of the last turn of either. */
    static PreferencePair implicit(Row row, String source) {
        List<Message> chosen = turns(row.json().path("chosen"), "chosen");
        List<Message> rejected = turns(row.json().path("rejected"), "rejected");
        int common = RankedFormats.commonTurns(List.of(chosen, rejected));
        return new PreferencePair(
                new Conversation(chosen.subList(0, common)),
                new Conversation(chosen.subList(common, chosen.size())),
                new Conversation(rejected.subList(common, rejected.size())),
                strength(row),
                row.origin(source));
    }

    static List<Message> turns(JsonNode value, String name) {
        if (!value.isString()) {
            return Row.response(value, name).messages();
        }
        List<Message> turns = Transcripts.parse(value.asString());
        return turns.isEmpty() ? List.of(Message.assistant(value.asString())) : turns;
    }

    /** Scores sum to zero; equal scores are a tie. */
    static PreferencePair webgpt(Row row, String source) {
        double first = row.number("score_0");
        double second = row.number("score_1");
        JsonNode question = row.json().path("question");
        String text = question.isString()
                ? question.asString()
                : question.path("full_text").asString("");
        if (text.isBlank()) {
            throw new BadRow("question must hold full_text, not " + Row.shown(question));
        }
        boolean secondWins = second > first;
        Strength strength = first == second ? Strength.TIE : Strength.withMargin(Math.abs(first - second));
        return new PreferencePair(
                Conversation.of(Message.user(text)),
                Conversation.of(Message.assistant(row.text(secondWins ? "answer_1" : "answer_0"))),
                Conversation.of(Message.assistant(row.text(secondWins ? "answer_0" : "answer_1"))),
                strength,
                row.origin(source));
    }

    static PreferencePair summarize(Row row, String source) {
        JsonNode post = row.json().path("info").path("post");
        JsonNode article = row.json().path("info").path("article");
        String text = post.isString() ? post.asString() : article.asString("");
        double choice = row.number("choice");
        List<Conversation> summaries = new ArrayList<>();
        for (JsonNode summary : row.json().path("summaries")) {
            summaries.add(Row.response(summary.path("text"), "summaries.text"));
        }
        if (text.isEmpty() || summaries.size() != 2 || choice != 0 && choice != 1) {
            throw new BadRow("needs info.post or info.article, two summaries and a choice of 0 or 1");
        }
        int chosen = (int) choice;
        return new PreferencePair(
                Conversation.of(Message.user(text + "\n\nSummarize the text above.")),
                summaries.get(chosen),
                summaries.get(1 - chosen),
                Strength.HARD,
                row.origin(source));
    }

    static PreferencePair shp(Row row, String source) {
        boolean first = isFirstBetter(row);
        return new PreferencePair(
                row.prompt("history"),
                Row.response(row.json().path(first ? "human_ref_A" : "human_ref_B"), "human_ref"),
                Row.response(row.json().path(first ? "human_ref_B" : "human_ref_A"), "human_ref"),
                strength(shpLead(row)),
                row.origin(source));
    }

    /** By how many votes the answer that SHP calls better leads. */
    static OptionalDouble shpLead(Row row) {
        OptionalDouble a = row.optionalNumber("score_A");
        OptionalDouble b = row.optionalNumber("score_B");
        if (a.isEmpty() || b.isEmpty()) {
            return OptionalDouble.empty();
        }
        double lead = a.getAsDouble() - b.getAsDouble();
        return OptionalDouble.of(isFirstBetter(row) ? lead : -lead);
    }

    private static boolean isFirstBetter(Row row) {
        double label = row.number("labels");
        if (label != 0 && label != 1) {
            throw new BadRow("labels must be 1 (A is better) or 0, not " + label);
        }
        return label == 1;
    }
}
