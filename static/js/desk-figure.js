// A figure in running text: chosen from the list, and shown as it is. Wagtail's editor asks for the
// two parts below by the name of the entity.
const { DraftJS, React, draftail } = window;

class FigureSource extends draftail.ModalWorkflowSource {
  getChooserConfig() {
    return {
      url: this.props.entityType.chooserUrls.figureChooser,
      urlParams: {},
      onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: { chosen: this.onChosen },
    };
  }

  filterEntityData({ id, string }) {
    return { id, title: string };
  }

  // Wagtail's own would keep the words that were selected. Here the words are the number.
  onChosen(figure) {
    const { editorState, entityType, onComplete } = this.props;
    const content = editorState.getCurrentContent().createEntity(
      entityType.type,
      "IMMUTABLE",
      this.filterEntityData(figure),
    );
    const text = DraftJS.Modifier.replaceText(
      content,
      editorState.getSelection(),
      figure.in_text,
      null,
      content.getLastCreatedEntityKey(),
    );
    this.workflow.close();
    onComplete(DraftJS.EditorState.push(editorState, text, "insert-characters"));
  }
}

function Figure(props) {
  const { title } = props.contentState.getEntity(props.entityKey).getData();
  return React.createElement(
    draftail.TooltipEntity,
    { ...props, icon: "order", label: title || "No figure" },
    props.children,
  );
}

draftail.registerPlugin({ type: "FIGURE", source: FigureSource, decorator: Figure }, "entityTypes");
