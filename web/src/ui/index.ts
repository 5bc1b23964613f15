// The face of the ui room: the few components everything is made of.
export { copyText } from "./clipboard";
export {
  Button,
  type ButtonProps,
  CheckBox,
  type CheckBoxProps,
  LinkButton,
  Segmented,
  TextField,
  type TextFieldProps,
} from "./controls";
export { Dialog, type DialogProps } from "./dialog";
export { Icon, type IconName } from "./icon";
export { Empty, Note, State, Tag, type Tone } from "./marks";
export { Loading } from "./waiting";
