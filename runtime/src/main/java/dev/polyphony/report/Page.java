/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.report.Section.Answers;
import dev.polyphony.report.Section.Gallery;
import dev.polyphony.report.Section.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a report shows, in order, before it is rendered.
 *
 * @param title the title
 * @param introduction a paragraph, perhaps empty
 * @param sections the rest
 */
record Page(String title, String introduction, List<Section> sections) {

    static Page of(Report report) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("In short", List.of(new Answers(Verdict.of(report)))));
        sections.addAll(ResultSections.of(report));
        sections.addAll(
                switch (report.task()) {
                    case CLASSES -> classes(report);
                    case LABELS -> LabelSections.of(report);
                    case NUMBERS -> NumberSections.of(report);
                });
        if (report.task() != Task.CLASSES) {
            sections.addAll(ForeignSections.of(report));
        }
        report.getPictures()
                .forEach(
                        (heading, own) ->
                                sections.add(new Section(heading, List.of(new Gallery(own)))));
        sections.add(ResultSections.further(report));
        if (!report.getFacts().isEmpty()) {
            sections.add(new Section("What was done", List.of(new Terms(report.getFacts()))));
        }
        sections.add(Glossary.of(report));
        return new Page(
                report.getTitle(), report.getIntroduction(), withDistinctPictureNames(sections));
    }

    private static List<Section> classes(Report report) {
        List<Section> sections = new ArrayList<>(TrustSections.of(report));
        sections.addAll(AfterSections.of(report));
        sections.addAll(ExampleSections.of(report));
        sections.addAll(MemberSections.of(report));
        return sections;
    }

    /** Numbers pictures of equal names, so that none overwrites another. */
    private static List<Section> withDistinctPictureNames(List<Section> sections) {
        Set<String> names = new HashSet<>();
        return sections.stream()
                .map(
                        section ->
                                new Section(
                                        section.heading(),
                                        section.blocks().stream()
                                                .map(
                                                        block ->
                                                                withDistinctPictureNames(
                                                                        block, names))
                                                .toList()))
                .toList();
    }

    private static Section.Block withDistinctPictureNames(Section.Block block, Set<String> names) {
        if (!(block instanceof Gallery gallery)) {
            return block;
        }
        List<Picture> distinct = new ArrayList<>();
        for (Picture picture : gallery.pictures()) {
            String name = picture.getName();
            for (int n = 2; !names.add(name); n++) {
                name = picture.getName() + "-" + n;
            }
            distinct.add(name.equals(picture.getName()) ? picture : picture.withName(name));
        }
        return new Gallery(distinct);
    }

    /** All pictures, in order; their names are distinct. */
    List<Picture> pictures() {
        return sections.stream()
                .flatMap(section -> section.blocks().stream())
                .filter(Gallery.class::isInstance)
                .flatMap(block -> ((Gallery) block).pictures().stream())
                .toList();
    }
}
