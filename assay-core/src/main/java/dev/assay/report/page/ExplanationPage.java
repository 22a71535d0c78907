package dev.assay.report.page;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.report.ExplanationFigures;
import dev.assay.report.ExplanationText;
import dev.assay.report.TopObjectives;
import dev.assay.reward.Explanation;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Reward;
import dev.assay.reward.ScoredPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One HTML file that explains rewards, with nothing outside it. Equal explanations give equal bytes. */
public final class ExplanationPage {
    private static final int SHOWN = 1200;

    private final Page page = new Page();
    private final String model;
    private final TopObjectives top;

    /**
     * An empty page.
     *
     * @param model what it is called
     * @param top objectives shown in pictures; tables have all
     */
    public ExplanationPage(String model, TopObjectives top) {
        this.model = model;
        this.top = top;
    }

    /** Adds the explanation of one answer. */
    public ExplanationPage add(String name, Conversation conversation, Reward reward) {
        page.heading(name);
        text(conversation);
        reward("The answer", reward);
        return this;
    }

    /** Adds the explanation of a pair, of which the chosen answer was scored first. */
    public ExplanationPage add(String name, Conversation chosen, Conversation rejected, ScoredPair scored) {
        page.heading(name);
        page.subheading("Chosen");
        text(chosen);
        page.subheading("Rejected");
        text(new Conversation(List.of(rejected.last())));
        scored.explanation().ifPresent(this::difference);
        reward("The chosen answer", scored.first());
        reward("The rejected answer", scored.second());
        return this;
    }

    private void difference(PairExplanation pair) {
        double bound = pair.standardErrorBound();
        page.figure(
                List.of(ExplanationFigures.of(pair, top.count())),
                sentence(ExplanationText.verdict(pair))
                        + (Double.isNaN(bound)
                                ? ""
                                : " The standard error of the difference is at most " + number(bound)
                                        + "; thin lines reach one standard error to both sides, where it is known."));
    }

    private void text(Conversation conversation) {
        for (Message message : conversation.messages()) {
            String content = message.content();
            String shown = content.length() <= SHOWN ? content : content.substring(0, SHOWN) + " ...";
            page.code(message.role().wireName() + ": " + shown);
        }
    }

    private void reward(String subject, Reward reward) {
        if (!(reward.explanation() instanceof Explanation.Mixture mixture)) {
            page.paragraph(subject + " has the reward " + number(reward.value()) + ".");
            page.code(ExplanationText.of(reward, top));
            return;
        }
        double bound = mixture.standardErrorBound();
        page.figure(
                List.of(ExplanationFigures.of(mixture, top)),
                subject + " has the reward " + number(reward.value())
                        + (Double.isNaN(bound) ? "" : ", with a standard error of at most " + number(bound))
                        + ". Bars are contributions, which add up to it; thin lines reach one standard error to both sides,"
                        + " where it is known.");
        List<Page.Row> rows = new ArrayList<>();
        for (ObjectivePart part : mixture.parts()) {
            rows.add(Page.Row.of(List.of(
                    part.objective().name(),
                    number(part.original()),
                    number(part.reward()),
                    Double.isNaN(part.standardError()) ? "" : number(part.standardError()),
                    number(part.gate()),
                    number(part.coefficient()),
                    number(part.contribution()))));
        }
        page.numbers(
                List.of("objective", "rating", "scaled", "standard error", "gate", "coefficient", "contribution"),
                rows,
                subject + ": coefficient times scaled reward is the contribution.");
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** The whole page. */
    public String html() {
        return page.document("Rewards explained", "By " + model + ".");
    }
}
