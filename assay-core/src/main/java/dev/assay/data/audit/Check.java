package dev.assay.data.audit;

import java.util.Locale;

/** What an audit looks for, with what it means and what to do about it. */
public enum Check {
    /** Chosen and rejected are the same text. */
    IDENTICAL(Severity.ERROR, "chosen and rejected are the same text", "drop them: they teach nothing"),
    /** Chosen and rejected differ in letter case or white space alone: a fault in prose, not always one in code. */
    SAME_WORDS(
            Severity.WARNING,
            "chosen and rejected differ in case or white space alone",
            "drop them, unless it is code in which that matters"),
    /** The same prompt with the same two answers, once in each order. */
    CONTRADICTION(
            Severity.WARNING,
            "the same two answers are preferred both ways",
            "keep both only if annotators truly disagree; else drop or merge them into a soft label"),
    /** Another source has the same two answers the other way round. */
    CONFLICT(
            Severity.NOTE,
            "another source prefers the other of the same two answers",
            "expected of sources in conflict: keep them apart, as MORE does, and never pool them blindly"),
    /** Scores of the row say the opposite of its order. */
    INVERTED(
            Severity.ERROR,
            "the row's own scores prefer the answer it calls worse",
            "check which end of the scale is the better one"),
    /** A row has two labels, and they choose different answers. */
    DIVIDED(
            Severity.NOTE,
            "the row's two labels choose different answers",
            "expected where helpful is not harmless: the format's name says which label is learnt"),
    /** A ranked answer was left out since the file lacks what it answers. */
    ORPHAN(
            Severity.WARNING,
            "a ranked answer's parent is not in the file: it was left out",
            "read the file of whole trees, or take it that these are lost"),
    /** A conversation lacks its beginning. */
    ROOTLESS(
            Severity.WARNING,
            "an earlier message is not in the file: the prompt begins in the middle",
            "read the file of whole trees, or drop them"),
    /** A pair without a prompt. */
    NO_PROMPT(
            Severity.WARNING,
            "the pair has no prompt",
            "name the column that holds it prompt; only answers that need none may stay so"),
    /** An answer begins with a message of the user or the system. */
    LEADING_TURN(
            Severity.WARNING,
            "an answer begins with a turn of the user or the system",
            "look at the examples: where it repeats the prompt, the model reads that twice"),
    /** The last message of an answer is not the assistant's. */
    UNANSWERED(
            Severity.WARNING,
            "an answer ends with a turn that is not the assistant's",
            "drop them, or cut them after the assistant's last turn: a reward is for an answer"),
    /** An answer without text. */
    EMPTY(Severity.ERROR, "an answer is empty", "drop them"),
    /** An answer that stops in the middle of a sentence. */
    CUT(
            Severity.WARNING,
            "a long answer stops in the middle of a sentence",
            "raise the length limit of whatever generated them, or drop them"),
    /** Neither answer is preferred. */
    TIE(Severity.NOTE, "neither answer is preferred", "nothing: ties are learnt as label 0.5"),
    /** The whole row came before. */
    DUPLICATE(Severity.WARNING, "the same row came before", "drop them, or they count more than others"),
    /** Almost the same row came before. */
    NEAR_DUPLICATE(
            Severity.NOTE,
            "an earlier row shares 80 % of its five-word runs",
            "look at the examples; copies with small edits count more than others"),
    /** A prompt of the test rows is in the training rows. */
    SHARED_PROMPT(
            Severity.ERROR,
            "a test row's prompt is in the training rows",
            "split by prompt, or the test measures memory"),
    /** A prompt of the test rows is nearly one of the training rows. */
    NEAR_SHARED_PROMPT(
            Severity.WARNING,
            "a test row's prompt is nearly one of the training rows",
            "look at the examples; where only names or numbers differ, move them to one side"),
    /** The longer answer is nearly always, or nearly never, the chosen one. */
    LENGTH(
            Severity.WARNING,
            "the chosen answer is the longer one",
            "a model may learn length alone: compare with a length baseline, or balance the lengths");

    private final Severity severity;
    private final String meaning;
    private final String advice;

    Check(Severity severity, String meaning, String advice) {
        this.severity = severity;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** How bad it is. */
    public enum Severity {
        /** Good to know. */
        NOTE,
        /** Worth a look. */
        WARNING,
        /** Makes results wrong. */
        ERROR
    }

    /** How bad it is when found. */
    public Severity severity() {
        return severity;
    }

    /** What was found, for people. */
    public String meaning() {
        return meaning;
    }

    /** The next step. */
    public String advice() {
        return advice;
    }

    /** Its name in JSON and reports: lower case with hyphens. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
