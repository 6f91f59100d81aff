/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Reads the body of a model class from its source. */
public final class BodyReader {

    /** The annotation of methods that is read with the body. */
    public static final String EXEMPT = "dev.polyphony.Exempt";

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
     * @param candidates methods that may make whole models
     * @param upcoming qualified names of types that this compilation will generate
     * @return the body, or why there is none
     */
    public Reading read(
            Target target,
            List<Constructor> constructors,
            List<EntryPoint> candidates,
            Set<String> upcoming) {
        SourceReader.Result result = source(target);
        if (result instanceof SourceReader.Unreadable unreadable) {
            return new Reading.Unreadable(unreadable.reason());
        }
        if (result instanceof SourceReader.Refused refused) {
            return new Reading.Refused(refused.code(), refused.what());
        }
        Source source = ((SourceReader.Found) result).source();
        return read(target, source, constructors, candidates, upcoming);
    }

    /**
     * Adds what only the source shows of the constructors' Javadoc: what it refers to, and of those
     * of a library the comments themselves.
     *
     * @param target the class, and where its ensembles belong
     * @param constructors its constructors
     * @return the constructors, with their documentation
     */
    public List<Constructor> documented(Target target, List<Constructor> constructors) {
        if (!(source(target) instanceof SourceReader.Found found)) {
            return constructors;
        }
        Source source = found.source();
        var elements = environment.getElementUtils();
        String packageName = TypeRef.of(target.model()).packageName();
        Imports imports =
                new Imports(elements, new AllMembers(elements), source, packageName, Set.of());
        DocLinks links = new DocLinks(source, imports, target);
        Documentation comments = new Documentation(source);
        return constructors.stream()
                .map(one -> target.isElsewhere() ? comments.add(one) : one)
                .map(links::add)
                .toList();
    }

    /**
     * Adds the same of the Javadoc of static entry points.
     *
     * @param target the class, and where its ensembles belong
     * @param entries its entry points
     * @return the entry points, static ones with their documentation
     */
    public List<EntryPoint> documentedEntries(Target target, List<EntryPoint> entries) {
        List<Constructor> signatures =
                entries.stream().filter(EntryPoint::isStatic).map(EntryPoint::signature).toList();
        Iterator<Constructor> documented = documented(target, signatures).iterator();
        return entries.stream()
                .map(entry -> entry.isStatic() ? new EntryPoint(documented.next()) : entry)
                .toList();
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
            List<EntryPoint> candidates,
            Set<String> upcoming) {
        TypeElement model = target.model();
        TypeRef type = TypeRef.of(model);
        var elements = environment.getElementUtils();
        Findings findings = new Findings(source);
        AllMembers all = new AllMembers(elements);
        Imports imports = new Imports(elements, all, source, type.packageName(), upcoming);
        Scope scope = new Scope(all, imports);
        Typer typer = new Typer(elements, environment.getTypeUtils(), all, imports, scope);
        Neighbours neighbours = new Neighbours(source, model, elements);
        Set<TypeRef> inSignatures =
                constructors.stream()
                        .flatMap(constructor -> constructor.element().stream())
                        .flatMap(element -> Signature.of(element).types().stream())
                        .map(TypeRef::of)
                        .collect(Collectors.toSet());
        OwnParameters parameters =
                new OwnParameters(source, typer, model, neighbours, inSignatures);
        Reach reach = new Reach(target, source, findings, elements, neighbours);
        Names names =
                new Names(
                        source,
                        findings,
                        typer,
                        imports,
                        scope,
                        type,
                        neighbours,
                        reach,
                        parameters);
        CertainTypes certain =
                new CertainTypes(
                        source, elements, environment.getTypeUtils(), typer, imports, scope);
        new BodyScanner(source, findings, names, typer, scope, parameters).scanModel(model);
        new UndefinedNames(source, findings, elements, imports).scanModel(model);
        new MistakeScanner(source, findings, environment, all, certain, typer, scope)
                .scanMember(model);
        for (TypeElement neighbour : neighbours.all()) {
            Source beside = neighbours.source(neighbour);
            new BodyScanner(beside, findings, names, typer, scope, parameters)
                    .scanNeighbour(neighbour);
            new UndefinedNames(beside, findings, elements, imports).scanModel(neighbour);
            new MistakeScanner(beside, findings, environment, all, certain, typer, scope)
                    .scanMember(neighbour);
        }
        new DocLinks(source, imports, target).edit(findings);

        Members members = new Members(source, findings, type);
        EntryPoints entryPoints = new EntryPoints(source, findings);
        List<EntryPoint> entries = entryPoints.choose(candidates);
        new Endings(source, findings).find(entryPoints.trees());
        Set<TypeRef> copied =
                new Copies(source, findings, members, neighbours, typer, target, entries)
                        .choose(inSignatures);
        entryPoints.edit();
        members.editConstructors();
        new StaticFields(source, findings, members, neighbours, target, copied).edit();
        members.removeMain();
        leaveOut(model, copied, members);
        boolean isSplit =
                !entries.isEmpty()
                        || inSignatures.stream()
                                .anyMatch(one -> copied.stream().anyMatch(c -> c.isAround(one)));
        Assembly assembly = new Assembly(source, findings, members, neighbours);
        return assembly.assemble(copied, entries, isSplit, typer.isBlock(model));
    }

    private static void leaveOut(TypeElement model, Set<TypeRef> copied, Members members) {
        for (TypeElement nested : ElementFilter.typesIn(model.getEnclosedElements())) {
            if (!copied.contains(TypeRef.of(nested))) {
                members.remove(nested.getSimpleName().toString());
            }
        }
    }
}
