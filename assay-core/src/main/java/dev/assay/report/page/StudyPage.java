package dev.assay.report.page;

/** One HTML file about one study, with nothing outside it. Equal facts give equal bytes. */
public final class StudyPage {
    private StudyPage() {}

    /** The page. */
    public static String html(StudyFacts study) {
        Page page = new Page();
        StudySection.fill(page, study);
        return page.document(StudySection.title(study), study.question());
    }
}
