/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Body.StaticImport;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Reads the body of a model class from its source. */
public final class BodyReader {

    private final ProcessingEnvironment environment;
    private final SourceReader compiled;
    private final SourceReader libraries;

    /**
     * Creates a reader.
     *
     * @param environment the processor's environment, as build tools give it
     */
    public BodyReader(ProcessingEnvironment environment) {
        this.environment = environment;
        this.compiled = SourceReaders.open(environment);
        this.libraries = SourceReaders.openLibraries(environment);
    }

    /**
     * Reads the body of a model.
     *
     * @param target the class, and where its ensembles belong
     * @param constructors the constructors that the generated network mirrors
     * @param upcoming qualified names of types that this compilation will generate
     * @return the body, or why there is none
     */
    public Reading read(Target target, List<Constructor> constructors, Set<String> upcoming) {
        SourceReader.Result result = source(target);
        if (result instanceof SourceReader.Unreadable unreadable) {
            return new Reading.Unreadable(unreadable.reason());
        }
        if (result instanceof SourceReader.Refused refused) {
            return new Reading.Refused(refused.code(), refused.what());
        }
        return read(target, ((SourceReader.Found) result).source(), constructors, upcoming);
    }

    /**
     * Adds the Javadoc of constructors that only the source of a library shows.
     *
     * @param target the class, and where its ensembles belong
     * @param constructors its constructors
     * @return the constructors, with their documentation
     */
    public List<Constructor> documented(Target target, List<Constructor> constructors) {
        return target.isElsewhere() && source(target) instanceof SourceReader.Found found
                ? constructors.stream().map(new Documentation(found.source())::add).toList()
                : constructors;
    }

    private SourceReader.Result source(Target target) {
        SourceReader.Result result = compiled.read(target.model());
        return target.isElsewhere() && !(result instanceof SourceReader.Found)
                ? libraries.read(target.model())
                : result;
    }

    private Reading read(
            Target target,
            Source source,
            List<Constructor> constructors,
            Set<String> upcoming) {
        TypeElement model = target.model();
        TypeRef type = TypeRef.of(model);
        var elements = environment.getElementUtils();
        Findings findings = new Findings(source);
        Imports imports = new Imports(elements, source, type.packageName(), upcoming);
        Scope scope = new Scope(elements, imports);
        Typer typer = new Typer(elements, environment.getTypeUtils(), imports, scope);
        Reach reach = new Reach(target, source, findings, elements);
        Names names = new Names(source, findings, typer, imports, scope, type, reach);
        new BodyScanner(source, findings, names, typer, scope).scanModel(model);

        Members members = new Members(source, findings, type);
        Set<TypeRef> inSignatures =
                constructors.stream()
                        .flatMap(constructor -> constructor.element().stream())
                        .flatMap(element -> Signature.of(element).types().stream())
                        .map(TypeRef::of)
                        .collect(Collectors.toSet());
        Set<TypeRef> copied =
                new Copies(source, findings, members, typer, target).choose(inSignatures);
        members.editConstructors();
        new StaticFields(source, findings, members, target, copied).edit();
        members.removeMain();
        leaveOut(model, copied, members);
        return assemble(source, findings, members, copied);
    }

    private static void leaveOut(TypeElement model, Set<TypeRef> copied, Members members) {
        for (TypeElement nested : ElementFilter.typesIn(model.getEnclosedElements())) {
            if (!copied.contains(TypeRef.of(nested))) {
                members.remove(nested.getSimpleName().toString());
            }
        }
    }

    private static Reading assemble(
            Source source, Findings findings, Members members, Set<TypeRef> copied) {
        List<Piece> pieces = new ArrayList<>();
        List<int[]> left = new ArrayList<>();
        int position = members.bodyStart();
        for (Map.Entry<Integer, Findings.Edit> entry : findings.edits.entrySet()) {
            int start = entry.getKey();
            Findings.Edit edit = entry.getValue();
            if (start < position || edit.end() > members.bodyEnd()) {
                continue; // outside the body, or within a piece that is already replaced
            }
            pieces.add(new Piece.Text(source.text().substring(position, start)));
            pieces.add(edit.piece());
            position = edit.end();
            if (edit.piece().equals(new Piece.Text(""))) {
                left.add(new int[] {start, edit.end()});
            }
        }
        pieces.add(new Piece.Text(source.text().substring(position, members.bodyEnd())));

        Kept kept = new Kept(left);
        Set<String> unresolved = new TreeSet<>(kept.of(findings.unresolved));
        if (!unresolved.isEmpty()) {
            return new Reading.Unresolved(unresolved);
        }
        List<Fact> facts =
                findings.facts.stream()
                        .filter(located -> kept.test(located.offset()))
                        .sorted(Comparator.comparingInt(Findings.Located::offset))
                        .map(Findings.Located::fact)
                        .toList();
        Set<StaticImport> staticImports = new LinkedHashSet<>(kept.of(findings.staticImports));
        return new Reading.Read(
                new Body(
                        pieces,
                        facts,
                        copied,
                        new TreeSet<>(kept.of(findings.plainNames)),
                        findings.variables,
                        List.copyOf(staticImports)));
    }

    /** Tells what is in the copy: not within what was left out. */
    private record Kept(List<int[]> left) {

        boolean test(int offset) {
            return left.stream().noneMatch(span -> span[0] <= offset && offset < span[1]);
        }

        <T> List<T> of(Map<Integer, T> byOffset) {
            return byOffset.entrySet().stream()
                    .filter(entry -> test(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }
}
