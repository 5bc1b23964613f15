// The reading page; the application loads this module when a study is opened.
export default function ReadingPage({ study }: { readonly study: string }): React.JSX.Element {
  return <p>{study}</p>;
}
