package dev.assay.data.format;

import dev.assay.data.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The preferences of one file: those a row makes by itself at once, those of several rows at the end. */
final class PreferenceRows {
    private final String source;
    private final Consumer<? super Preference> each;
    private final List<Row> messages = new ArrayList<>();
    private final AnswerGroups groups = new AnswerGroups();

    PreferenceRows(String source, Consumer<? super Preference> each) {
        this.source = source;
        this.each = each;
    }

    void read(Row row, DataFormat format) {
        switch (format) {
            case PAIRS -> each.accept(PairFormats.explicit(row, source));
            case IMPLICIT, CAPYBARA -> each.accept(PairFormats.implicit(row, source));
            case SHAREGPT -> each.accept(PairFormats.shareGpt(row, source));
            case QUESTION -> each.accept(AskedPairs.question(row, source));
            case ALPACA -> each.accept(AskedPairs.alpaca(row, source));
            case SCORED -> each.accept(RankedFormats.scored(row, source));
            case WEBGPT -> each.accept(PairFormats.webgpt(row, source));
            case SUMMARIZE -> each.accept(PairFormats.summarize(row, source));
            case RANKED -> each.accept(RankedFormats.ranked(row, source));
            case OASST -> messages.add(row);
            case HELPSTEER -> HelpSteer.gather(row, source, groups);
            case HELPSTEER_PREFERENCE -> each.accept(HelpSteer.preference(row, source));
            case ULTRAFEEDBACK -> UltraFeedback.ranked(row, source).forEach(each);
            case CODE_ULTRAFEEDBACK -> CodeUltraFeedback.ranked(row, source).forEach(each);
            case SAFERLHF -> each.accept(SafetyFormats.safeRlhf(row, SafetyFormats.BETTER, source));
            case SAFERLHF_SAFER -> each.accept(SafetyFormats.safeRlhf(row, SafetyFormats.SAFER, source));
            case SHP -> each.accept(PairFormats.shp(row, source));
            case PREFERENCE_COLLECTION -> each.accept(PrometheusFormats.preference(row, source));
            case ORCA -> each.accept(ArgillaFormats.orca(row, source));
            case MATH_PREFERENCE -> each.accept(ArgillaFormats.math(row, source));
            case PRM800K -> Prm800k.gather(row, source, groups);
            case RATINGS, BEAVERTAILS, FEEDBACK_COLLECTION, MULTI_OBJECTIVE ->
                throw new BadRow("ratings hold no preference; read them as ratings");
        }
    }

    /** After the last row. */
    void finish(Broken broken) {
        Oasst.lists(messages, source, broken).forEach(each);
        groups.lists().forEach(each);
    }
}
