package dev.assay.data.format;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The public formats, by the name recipes and the command line use. Several hold preferences and ratings at once: which of
 * the two is read is the caller's choice of a method of {@link PreferenceReaders}, not a format of its own.
 */
public enum DataFormat {
    /** {@code {"prompt": text | messages, "chosen", "rejected"}}: Assay's own pairs and TRL's explicit-prompt form. */
    PAIRS(Holds.PAIRS, "prompt", "chosen", "rejected"),
    /** {@code {"chosen", "rejected"}} without a prompt: Anthropic HH transcripts, or messages as TRL and RLHFlow write them. */
    IMPLICIT(Holds.PAIRS, "chosen", "rejected"),
    /** LLaMA-Factory's {@code {"conversations": [{"from", "value"}], "chosen", "rejected"}}, {@code system} optional. */
    SHAREGPT(Holds.PAIRS, "conversations", "chosen", "rejected"),
    /** Intel/orca_dpo_pairs, {@code {"question", "chosen", "rejected"}} with answers alone; {@code system} optional. */
    QUESTION(Holds.PAIRS, "question", "chosen", "rejected"),
    /**
     * LLaMA-Factory's preference form of Alpaca, {@code {"instruction", "chosen", "rejected"}} with answers alone; {@code
     * input}, {@code system} and {@code history} optional.
     */
    ALPACA(Holds.PAIRS, "instruction", "chosen", "rejected"),
    /** {@code {"text": [...], "score": [...]}}, the data of MORE and DSP: whole transcripts, a higher score is better. */
    SCORED(Holds.PAIRS, "text", "score"),
    /** {@code {"prompt", "responses": [...], "ranks": [...]}}: smaller ranks are better, equal ones are ties. */
    RANKED(Holds.LISTS, "prompt", "responses", "ranks"),
    /** {@code {"prompt", "response", "ratings": {objective: number}, "scale", "scales"}}. */
    RATINGS(Holds.RATINGS, "prompt", "response", "ratings"),
    /** openai/webgpt_comparisons. */
    WEBGPT(Holds.PAIRS, "question", "answer_0", "answer_1", "score_0", "score_1"),
    /** openai/summarize_from_feedback, comparisons. */
    SUMMARIZE(Holds.PAIRS, "info", "summaries", "choice"),
    /** OpenAssistant/oasst1 messages: trees whose sibling answers carry ranks. */
    OASST(Holds.LISTS, "message_id", "parent_id", "text", "role"),
    /** nvidia/HelpSteer and HelpSteer2: five aspects from 0 to 4; the answers to one prompt are ranked by helpfulness. */
    HELPSTEER(
            Holds.LISTS_AND_RATINGS,
            "prompt",
            "response",
            "helpfulness",
            "correctness",
            "coherence",
            "complexity",
            "verbosity"),
    /** nvidia/HelpSteer2, preference: a strength from -3 to 3, above zero when the second answer is better. */
    HELPSTEER_PREFERENCE(Holds.PAIRS, "prompt", "response_1", "response_2", "preference_strength"),
    /** openbmb/UltraFeedback: four aspects from 1 to 5 and an overall score; answers are ranked by the mean aspect. */
    ULTRAFEEDBACK(Holds.LISTS_AND_RATINGS, "instruction", "completions"),
    /** coseal/CodeUltraFeedback: one aspect a row, answers and ratings joined by the model's name. */
    CODE_ULTRAFEEDBACK(Holds.LISTS_AND_RATINGS, "instruction", "preference", "responses", "annotations"),
    /** PKU-Alignment/BeaverTails: 1 = safe, 0 = not. */
    BEAVERTAILS(Holds.RATINGS, "prompt", "response", "is_safe"),
    /** PKU-Alignment/PKU-SafeRLHF by {@code better_response_id}: the more helpful answer. */
    SAFERLHF(Holds.PAIRS, "prompt", "response_0", "response_1", "better_response_id", "safer_response_id"),
    /** PKU-Alignment/PKU-SafeRLHF by {@code safer_response_id}; the same columns, so it is never told by them. */
    SAFERLHF_SAFER(Holds.PAIRS, "prompt", "response_0", "response_1", "better_response_id", "safer_response_id"),
    /** stanfordnlp/SHP: {@code labels} is 1 when answer A is the better one. */
    SHP(Holds.PAIRS, "history", "human_ref_A", "human_ref_B", "labels"),
    /** prometheus-eval/Feedback-Collection: one score from 1 to 5 against the row's own rubric. */
    FEEDBACK_COLLECTION(Holds.RATINGS, "orig_instruction", "orig_response", "orig_score"),
    /** prometheus-eval/Preference-Collection: {@code orig_preference} is A or B. */
    PREFERENCE_COLLECTION(Holds.PAIRS, "orig_instruction", "orig_response_A", "orig_response_B", "orig_preference"),
    /** argilla/Capybara-Preferences: messages, with a rating of either answer. */
    CAPYBARA(
            Holds.PAIRS_AND_RATINGS,
            "chosen",
            "rejected",
            "chosen_rating",
            "rejected_rating",
            "chosen_model",
            "rejected_model"),
    /** argilla/distilabel-intel-orca-dpo-pairs: judged from 1 to 10; {@code status} may be a tie. */
    ORCA(Holds.PAIRS_AND_RATINGS, "input", "chosen", "rejected", "generations", "rating", "status"),
    /** argilla/distilabel-math-preference-dpo. */
    MATH_PREFERENCE(
            Holds.PAIRS_AND_RATINGS,
            "instruction",
            "chosen_response",
            "chosen_rating",
            "rejected_response",
            "rejected_rating"),
    /** openai/prm800k, phase 2: solutions without an error over solutions with one, by problem. */
    PRM800K(Holds.LISTS, "labeler", "generation", "question", "label"),
    /** RLHFlow/ArmoRM-Multi-Objective-Data: messages and a column an objective, 0 to 1, null where nobody rated. */
    MULTI_OBJECTIVE(Holds.RATINGS, "messages", "helpsteer-helpfulness", "beavertails-is_safe");

    /** What can be read from rows of a format. */
    private enum Holds {
        PAIRS,
        LISTS,
        RATINGS,
        PAIRS_AND_RATINGS,
        LISTS_AND_RATINGS
    }

    private final Holds holds;
    private final List<String> columns;

    DataFormat(Holds holds, String... columns) {
        this.holds = holds;
        this.columns = List.of(columns);
    }

    /** The columns every row must have. */
    public List<String> columns() {
        return columns;
    }

    /** Its name in recipes: the lower-case constant with hyphens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its rows make ranked lists of k answers. */
    public boolean isRanked() {
        return holds == Holds.LISTS || holds == Holds.LISTS_AND_RATINGS;
    }

    /** Whether {@link PreferenceReaders#preferences} reads it. */
    public boolean holdsPreferences() {
        return holds != Holds.RATINGS;
    }

    /** Whether {@link PreferenceReaders#rated} reads it. */
    public boolean holdsRatings() {
        return holds == Holds.RATINGS || holds == Holds.PAIRS_AND_RATINGS || holds == Holds.LISTS_AND_RATINGS;
    }

    /** The format of that name. */
    public static DataFormat parse(String name) {
        return Arrays.stream(values())
                .filter(format -> format.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssayException(
                        ErrorKind.INPUT, "\"" + name + "\" is no data format; known are " + names()));
    }

    /**
     * The format whose columns a row has; of several, the one that asks for most, and the one declared first where two ask
     * for the same.
     */
    static Optional<DataFormat> detect(Row row) {
        return Arrays.stream(values())
                .filter(format -> format.fits(row))
                .max(Comparator.comparingInt(format -> format.columns.size()));
    }

    /** Whole conversations beside a question hold their prompt themselves. */
    private boolean fits(Row row) {
        return columns.stream().allMatch(column -> row.json().has(column))
                && (this != QUESTION && this != ALPACA || AskedPairs.isAnswersAlone(row));
    }

    /** All names with their columns, for error messages. */
    static String names() {
        return Arrays.stream(values())
                .map(format -> format.wireName() + " (" + String.join(", ", format.columns) + ")")
                .collect(Collectors.joining("; "));
    }
}
